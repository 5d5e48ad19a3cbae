import Testing

@testable import SlipwayEngines

/// The plain walk over a forest is the oracle of every faster path.
struct CompiledForestTests {
    /// Keeps the scores of each row.
    private final class Collector: TreeFinisher {
        let targetCount: Int
        var bits: [UInt64]

        init(_ forest: DecisionForest, rowCount: Int) {
            targetCount = forest.targetCount
            bits = [UInt64](repeating: 0, count: rowCount * targetCount)
        }

        func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, firstRow: Int, rowCount: Int, base: [Number]) {
            for row in 0..<rowCount {
                for target in 0..<targetCount {
                    let value = scores.values[row * targetCount + target]
                    let isPresent = targetCount == 1 || scores.isPresent[row * scores.presenceStep + target]
                    bits[(firstRow + row) * targetCount + target] =
                        Double(value).bitPattern ^ (isPresent ? 1 << 63 : 0)
                }
            }
        }
    }

    private static let rowCounts = [0, 1, 7, 8, 9, 63, 65, 129, 257]

    private func check<Stored: TreeScalar, Number: TreeScalar>(
        _ forest: DecisionForest, _ compiled: CompiledForest<Stored>, _ values: [Number], width: Int, _ comment: Comment
    ) {
        values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            let all = TreeRows(start: start, width: width, count: values.count / width)
            let expected = Collector(forest, rowCount: all.count)
            forest.score(all, [], expected)
            for count in Self.rowCounts where count <= all.count {
                let found = Collector(forest, rowCount: count)
                compiled.score(all.slice(from: all.count - count, count: count), [], found)
                #expect(found.bits == expected.bits.suffix(count * forest.targetCount), comment)
            }
        }
    }

    /// Compares every path that a drawn forest has with the plain walk.
    ///
    /// - Returns: The paths that were compared.
    private func check(seed: UInt64, isDouble: Bool, leafLimit: Int) throws -> Set<TreePath> {
        var random = DrawnForest(seed: seed, isDouble: isDouble, leafLimit: leafLimit)
        let forest = try random.forest()
        let width = forest.featureCount + random.below(2) + (forest.featureCount == 0 ? 1 : 0)
        let rows = random.rows(Self.rowCounts.max() ?? 0, width: width)
        var compared: Set<TreePath> = []
        for path in TreePath.allCases {
            let comment: Comment = "seed \(seed), double \(isDouble), up to \(leafLimit) leaves, \(path)"
            if isDouble {
                guard let compiled = CompiledForest<Double>(forest, path: path) else { continue }
                check(forest, compiled, rows, width: width, comment)
            } else {
                guard let compiled = CompiledForest<Float>(forest, path: path) else { continue }
                check(forest, compiled, rows.map { Float($0) }, width: width, comment)
                // Rows in double precision meet thresholds in single precision.
                let between = rows.map { random.below(3) == 0 ? $0.nextUp : $0 }
                check(forest, compiled, between, width: width, comment)
            }
            compared.insert(path)
        }
        return compared
    }

    private static let leafLimits = [1, 8, 9, 17, 31, 33, 64, 70]

    @Test(arguments: 0..<12 as Range<UInt64>)
    func everyPathGivesTheBitsOfThePlainWalk(_ seed: UInt64) throws {
        let leafLimit = Self.leafLimits[Int(seed % 8)]
        let compared = try check(seed: seed, isDouble: seed % 2 == 0, leafLimit: leafLimit)
        #expect(compared.isSuperset(of: [.automatic, .walks]))
        // A path that is not there compares nothing: trees of up to 64 leaves must have all of them.
        if leafLimit <= 64 { #expect(compared == Set(TreePath.allCases)) }
    }

    @Test
    func smallTreesAreCompiledToMasksAndLargeOnesAreNot() throws {
        var small = DrawnForest(seed: 6, isDouble: false, leafLimit: 64)
        var large = DrawnForest(seed: 6, isDouble: false, leafLimit: 400)
        #expect(CompiledForest<Float>(try small.forest())?.masks != nil)
        #expect(CompiledForest<Float>(try large.forest())?.masks == nil)
    }

    @Test
    func columnsOfManyThresholdsTakeSeveralBytes() throws {
        // One feature, 700 thresholds in stumps.
        let thresholds = (0..<700).map { Float($0) / 3 }
        let cuts = thresholds + thresholds.map(\.nextUp)
        let values = (cuts + [-1, 1e9, .nan, .infinity, -.infinity]).prefix(1400)
        let stumps = try Stumps(thresholds: thresholds).forest()
        let compiled = try #require(CompiledForest<Float>(stumps, path: .masks))
        #expect(compiled.masks?.ranks.byteCount == 3)
        check(stumps, compiled, Array(values), width: 1, "stumps")
    }
}
