import Testing

@testable import SlipwayEngines

struct DecisionForestCoversTests {
    @Test func coversThatAddUpAreTheModelsOwn() throws {
        var random = CoveredForest(seed: 1, columnCount: 3)
        random.addTree(depthMax: 4)
        random.addCovers()
        let forest = try random.forest()
        #expect(forest.modelCovers == forest.nodes.map(\.cover))
    }

    @Test(arguments: [0.0, 1.0, .nan, -1.0, .infinity]) func theSameNumberEverywhereMeansNothing(_ cover: Double) throws
    {
        var random = CoveredForest(seed: 1, columnCount: 3)
        random.addTree(depthMax: 4)
        for index in random.nodes.indices { random.nodes[index].cover = cover }
        #expect(try random.forest().modelCovers == nil)
    }

    @Test func aLeafWithoutACoverHasWhatItsSiblingLeavesOver() throws {
        var random = CoveredForest(seed: 5, columnCount: 3)
        random.addChain(length: 3)
        random.addCovers()
        let whole = try random.forest()
        let index = try #require(random.nodes.indices.first { random.nodes[$0].comparison == nil })
        let cover = random.nodes[index].cover
        random.nodes[index].cover = 0
        let covers = try #require(try random.forest().modelCovers)
        let place = try #require(whole.nodes.firstIndex { $0.cover == cover })
        #expect(abs(covers[place] - cover) <= 1e-9)
    }

    @Test func ofTwoLeavesWithoutCoversNothingIsKnown() throws {
        var random = CoveredForest(seed: 3, columnCount: 2)
        random.addTree(depthMax: 1)
        random.addCovers()
        for index in random.nodes.indices where random.nodes[index].comparison == nil { random.nodes[index].cover = 0 }
        let forest = try random.forest()
        #expect(forest.nodes[0].cover > 0)
        #expect(forest.modelCovers == nil)
    }

    @Test func rowsAreCountedAtEveryNodeThatTheyPass() throws {
        var random = CoveredForest(seed: 2, columnCount: 4)
        for _ in 0..<3 { random.addTree(depthMax: 5) }
        let rows = (0..<50).flatMap { _ in random.row() }
        let forest = try random.forest()
        let covers = forest.covers(of: rows, width: 4)
        for root in forest.roots { #expect(covers[Int(root)] == 50) }
        for (index, node) in forest.nodes.enumerated() where node.comparison != nil {
            #expect(covers[index] == covers[Int(node.whenTrue)] + covers[Int(node.whenFalse)])
        }
    }
}
