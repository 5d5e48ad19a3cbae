import SlipwayModel
import Testing

@testable import SlipwayEngines

struct TreeModelTests {
    /// Keeps the scores of each row, whichever thread brings them.
    private struct Collector: TreeFinisher {
        let targetCount: Int
        let bits: UnsafeMutablePointer<UInt64>

        func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, firstRow: Int, rowCount: Int, base: [Number]) {
            for index in 0..<rowCount * targetCount {
                bits[firstRow * targetCount + index] = Double(scores.values[index]).bitPattern
            }
        }
    }

    private func bits(of model: TreeModel, _ rows: Tensor, targetCount: Int) throws -> [UInt64] {
        let input = try model.input(rows)
        let count = input.rowCount * targetCount
        return [UInt64](unsafeUninitializedCapacity: count) { memory, written in
            memory.initialize(repeating: 0)
            guard let start = memory.baseAddress else { return }
            model.score(input, with: Collector(targetCount: targetCount, bits: start))
            written = count
        }
    }

    @Test(arguments: [4, 9, 14] as [UInt64])
    func answersDoNotDependOnTheNumberOfThreads(seed: UInt64) throws {
        var random = DrawnForest(seed: seed, isDouble: false, leafLimit: 40)
        let forest = try random.forest()
        let width = max(forest.featureCount, 1)
        let rowCount = 4000
        let rows = Tensor(
            shape: [rowCount, width], elements: .float32(random.rows(rowCount, width: width).map { Float($0) }))
        let alone = TreeModel(forest, threads: .one)
        let expected = try bits(of: alone, rows, targetCount: forest.targetCount)
        for limit in [2, 3, 7] {
            let model = TreeModel(forest, threads: RowThreads(limit))
            #expect(try bits(of: model, rows, targetCount: forest.targetCount) == expected)
        }
        let cost = CompiledForest<Float>(forest)?.cost ?? TreeCost.plain(treeCount: forest.roots.count)
        #expect(RowThreads(2).count(for: rowCount, nanosecondsPerRow: cost) == 2, "the rows were not split")
    }
}
