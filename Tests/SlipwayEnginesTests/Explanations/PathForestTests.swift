import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct PathForestTests {
    @Test(arguments: 0..<24) func contributionsAreTheShapleyValuesOfTheDefinition(_ seed: Int) throws {
        var random = CoveredForest(seed: UInt64(seed), columnCount: 1 + seed % 7, targetCount: 1 + seed % 3)
        if seed % 2 == 1 {
            random.comparisons = [.lessOrEqual, .less, .greater, .greaterOrEqual, .equal, .notEqual, .member]
        }
        for _ in 0..<3 { random.addTree(depthMax: 5) }
        random.addCovers()
        try expectDefinition(of: &random, tolerance: 1e-12)
    }

    @Test(arguments: 0..<6) func aBranchThatNoRowWasSeenInStillAddsUp(_ seed: Int) throws {
        var random = CoveredForest(seed: UInt64(100 + seed), columnCount: 5)
        for _ in 0..<3 { random.addTree(depthMax: 5) }
        random.addCovers(rare: true)
        try expectDefinition(of: &random, tolerance: 1e-9)
    }

    @Test(arguments: [9, 10, 20]) func longPathsAreExact(_ length: Int) throws {
        var random = CoveredForest(seed: UInt64(length), columnCount: min(length, 10))
        random.addChain(length: length)
        random.addCovers()
        try expectDefinition(of: &random, tolerance: 1e-12, rowCount: 2)
    }

    @Test func anAverageOfTreesIsExplainedAsOne() throws {
        var random = CoveredForest(seed: 7, columnCount: 4, aggregate: .average)
        for _ in 0..<4 { random.addTree(depthMax: 4) }
        random.addCovers()
        try expectDefinition(of: &random, tolerance: 1e-12)
    }

    /// With w = ½ throughout and the row in the longest leaf of a chain of n splits, all features are alike: each has
    /// the n-th part of what the chain adds to the mean.
    @Test(arguments: [12, 17, 33, 60]) func featuresThatAreAlikeShareAlike(_ length: Int) throws {
        var random = CoveredForest(seed: 1, columnCount: length)
        random.roots = [0]
        for column in 0..<length {
            random.nodes.append(.branch(column: column, whenTrue: 2 * column + 2, whenFalse: 2 * column + 1))
            random.nodes.append(.leaf(0..<0))
        }
        random.nodes.append(.leaf(0..<1))
        random.weights = [DecisionForest.Weight(target: 0, value: 1)]
        // Without covers a row whose value is not known goes half to either side.
        let paths = try PathForest(random.forest(), features: Array(0..<length), featureCount: length)
        let given = paths.contributions(to: 0, of: [Double](repeating: 0, count: length))
        let mean = Double.exp2(-length)
        #expect(abs(paths.bases[0] - mean) <= 1e-15)
        for value in given { #expect(abs(value - (1 - mean) / Double(length)) <= 1e-13) }
    }

    @Test(arguments: 0..<6) func columnsOfOneFeatureAreKnownTogether(_ seed: Int) throws {
        var random = CoveredForest(seed: UInt64(200 + seed), columnCount: 6)
        for _ in 0..<3 { random.addTree(depthMax: 5) }
        random.addCovers()
        let forest = try random.forest()
        let features = [0, 0, 1, 2, 2, 2]
        let paths = try PathForest(forest, features: features, featureCount: 3)
        let row = random.row()
        let given = paths.contributions(to: 0, of: row)
        let wanted = forest.shapleyValues(of: 0, row: row, features: features, featureCount: 3)
        for (left, right) in zip(given, wanted) { #expect(abs(left - right) <= 1e-12) }
    }

    @Test func effectsThatAreNotKeptGiveTheSameAnswer() throws {
        var random = CoveredForest(seed: 11, columnCount: 20)
        for _ in 0..<4 { random.addTree(depthMax: 12, endsEarly: 0.05) }
        random.addCovers()
        let row = random.row()
        let kept = try PathForest(random.forest(), features: Array(0..<20), featureCount: 20)
        var computed = kept
        computed.effects = []
        for index in computed.trees.indices { computed.trees[index].firstEffect = nil }
        #expect(kept.trees.contains { $0.blockCount > 1 })
        #expect(kept.contributions(to: 0, of: row) == computed.contributions(to: 0, of: row))
    }

    @Test func manyRowsGiveWhatEachGivesAlone() throws {
        var random = CoveredForest(seed: 13, columnCount: 9, targetCount: 2)
        for _ in 0..<5 { random.addTree(depthMax: 6) }
        random.addCovers()
        let rows = (0..<70).map { _ in random.row() }
        let paths = try PathForest(random.forest(), features: Array(0..<9), featureCount: 9)
        let together = paths.contributions(to: 1, of: rows.flatMap(\.self))
        #expect(together == rows.flatMap { paths.contributions(to: 1, of: $0) })
    }

    @Test func leastAndGreatestLeavesAreDeclined() {
        var random = CoveredForest(seed: 1, columnCount: 2, aggregate: .maximum)
        random.addTree(depthMax: 2)
        random.addCovers()
        #expect(throws: KernelProblem.self) {
            try PathForest(random.forest(), features: [0, 1], featureCount: 2)
        }
    }

    /// Expects the Shapley values of the definition, and that they and the base add up to the score.
    private func expectDefinition(
        of random: inout CoveredForest, tolerance: Double, rowCount: Int = 4
    ) throws {
        let columnCount = random.columnCount
        let forest = try random.forest()
        let paths = try PathForest(forest, features: Array(0..<columnCount), featureCount: columnCount)
        for _ in 0..<rowCount {
            let row = random.row()
            for target in 0..<random.targetCount {
                let given = paths.contributions(to: target, of: row)
                let wanted = forest.shapleyValues(of: target, row: row, featureCount: columnCount)
                for (left, right) in zip(given, wanted) { #expect(abs(left - right) <= tolerance) }
                let score = forest.expectedScore(of: target, row: row, known: Set(0..<columnCount))
                #expect(abs(paths.bases[target] + given.reduce(0, +) - score) <= tolerance)
            }
        }
    }
}

extension PathForest {
    /// The contributions of every feature to the score of a target, row after row.
    func contributions(to target: Int, of rows: [Double]) -> [Double] {
        let width = max(1, columnCount)
        let rowCount = rows.count / width
        var contributions = [Double](repeating: 0, count: rowCount * featureCount)
        contributions.withUnsafeMutableBufferPointer { contributions in
            rows.withUnsafeBufferPointer { rows in
                guard let rows = rows.baseAddress, let start = contributions.baseAddress else { return }
                addContributions(to: target, rows: rows, rowCount: rowCount, width: width, into: start)
            }
        }
        return contributions
    }
}

extension DecisionForest.Node {
    fileprivate static func branch(column: Int, whenTrue: Int, whenFalse: Int) -> DecisionForest.Node {
        DecisionForest.Node(
            comparison: .lessOrEqual, feature: Int32(column), threshold: 0.5, members: 0..<0,
            sendsMissingToTrue: false, whenTrue: Int32(whenTrue), whenFalse: Int32(whenFalse), weights: 0..<0, cover: 0)
    }

    fileprivate static func leaf(_ weights: Range<Int32>) -> DecisionForest.Node {
        DecisionForest.Node(
            comparison: nil, feature: 0, threshold: 0, members: 0..<0, sendsMissingToTrue: false, whenTrue: 0,
            whenFalse: 0, weights: weights, cover: 0)
    }
}

extension Double {
    fileprivate static func exp2(_ exponent: Int) -> Double { scalbn(1, exponent) }
}

extension PathForest {
    /// Lays out a forest with the covers of its nodes.
    fileprivate init(_ forest: DecisionForest, features: [Int], featureCount: Int) throws {
        try self.init(forest, covers: forest.nodes.map(\.cover), features: features, featureCount: featureCount)
    }
}
