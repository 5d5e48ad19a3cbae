import SlipwayData
import SlipwayPipelines
import Testing

struct HeldOutSplitTests {
    /// Rows of customers: each id occurs in so many rows.
    private func rows(_ ids: [Int64], perEntity: Int = 1) throws -> Table {
        let all = ids.flatMap { Array(repeating: $0, count: perEntity) }
        return try Table(columns: [
            Column(name: "id", values: .integers(all)),
            Column(name: "month", values: .integers(all.indices.map { Int64($0 % perEntity) })),
        ])
    }

    private func ids(_ table: Table) -> [Int64] {
        guard case .integers(let ids)? = table["id"]?.values else { return [] }
        return ids
    }

    @Test(arguments: [0.1, 0.2, 0.5])
    func theShareIsNearWhatWasAskedFor(share: Double) throws {
        for key in [nil, "id"] {
            let parts = HeldOutSplit(share: share).split(try rows(Array(1...10_000)), key: key)
            #expect(parts.training.rowCount + parts.heldOut.rowCount == 10_000)
            // Five standard deviations of a fair draw.
            let deviation = 5 * (share * (1 - share) / 10_000).squareRoot()
            #expect(abs(Double(parts.heldOut.rowCount) / 10_000 - share) < deviation)
        }
    }

    @Test func anEndOfTheRangeTakesAllOrNothing() throws {
        let table = try rows(Array(1...100))
        #expect(HeldOutSplit(share: 0).split(table).heldOut.rowCount == 0)
        #expect(HeldOutSplit(share: 1).split(table).training.rowCount == 0)
    }

    @Test func theOrderOfRowsDoesNotMatter() throws {
        let forward = HeldOutSplit().split(try rows(Array(1...1_000)))
        let backward = HeldOutSplit().split(try rows((1...1_000).reversed()))
        #expect(Set(ids(forward.heldOut)) == Set(ids(backward.heldOut)))
    }

    @Test func rowsStayOnTheirSideWhenOthersAreAdded() throws {
        let before = Set(ids(HeldOutSplit().split(try rows(Array(1...1_000))).heldOut))
        let after = Set(ids(HeldOutSplit().split(try rows(Array(501...3_000))).heldOut))
        #expect(before.filter { $0 > 500 } == after.filter { $0 <= 1_000 })
    }

    @Test func aLargerShareKeepsWhatASmallerOneHeldOut() throws {
        let table = try rows(Array(1...1_000))
        let small = Set(ids(HeldOutSplit(share: 0.1).split(table).heldOut))
        #expect(small.isSubset(of: ids(HeldOutSplit(share: 0.3).split(table).heldOut)))
    }

    @Test func allRowsOfAnEntityGoToTheSameSide() throws {
        let table = try rows(Array(1...500), perEntity: 6)
        let parts = HeldOutSplit().split(table, key: "id")
        #expect(Set(ids(parts.training)).isDisjoint(with: ids(parts.heldOut)))
        #expect(!ids(parts.heldOut).isEmpty)
        // Without the key the rows of an entity are spread, or the claim above would say nothing.
        let spread = HeldOutSplit().split(table)
        #expect(!Set(ids(spread.training)).isDisjoint(with: ids(spread.heldOut)))
    }

    @Test func rowsWithoutTheirKeyAreSpread() throws {
        let table = try Table(columns: [
            Column(
                name: "id", values: .strings(Array(repeating: "", count: 1_000)),
                validity: Array(repeating: false, count: 1_000)),
            Column(name: "n", values: .integers((0..<1_000).map(Int64.init))),
        ])
        for key in ["id", "nobody"] {
            let heldOut = HeldOutSplit().split(table, key: key).heldOut.rowCount
            #expect((100...300).contains(heldOut))
        }
    }

    @Test func aKeyReadAsTextOrAsANumberFallsOnTheSameSide() throws {
        let numbers = try rows(Array(1...300))
        let texts = try Table(columns: [Column(name: "id", values: .strings((1...300).map(String.init)))])
        let heldOut = HeldOutSplit().split(texts, key: "id").heldOut
        #expect(
            (0..<heldOut.rowCount).map { heldOut["id"]?[$0].text }
                == ids(HeldOutSplit().split(numbers, key: "id").heldOut).map(String.init))
    }
}
