import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct TableProfileTests {
    private let table: Table

    init() throws {
        table = try Table(columns: [
            Column(name: "a", values: .numbers([1, 2, .nan])), Column(name: "b", values: .strings(["x", "y", "x"])),
        ])
    }

    @Test func rowsOneByOneGiveTheProfileOfTheTable() {
        var profile = TableProfile(columns: [("a", .number), ("b", .string)])
        for row in 0..<3 { profile.add(row: table.row(row)) }
        #expect(profile == TableProfile(table))
        #expect(profile["b"]?.categorical?.count(of: "x") == 2)
    }

    @Test func mergedPartsGiveTheProfileOfTheWhole() throws {
        var merged = TableProfile(table.selecting(rows: [0]))
        try merged.merge(TableProfile(table.selecting(rows: [1, 2])))
        #expect(merged == TableProfile(table))
    }

    @Test func otherColumnsAreRefusedAndNothingIsAdded() throws {
        var profile = TableProfile(table)
        let other = TableProfile(try table.selecting(columns: ["a"]))
        #expect(throws: DataError.self) { try profile.merge(other) }
        #expect(profile == TableProfile(table))
    }

    @Test func aProfileSurvivesJSON() throws {
        let profile = TableProfile(table)
        let data = try JSONEncoder().encode(profile)
        #expect(try JSONDecoder().decode(TableProfile.self, from: data) == profile)
    }

    @Test func aMutatedProfileIsRefusedOrCanBeMerged() throws {
        var generator = SeededGenerator(seed: 5)
        let seed = Array(try JSONEncoder().encode(TableProfile(table)))
        for _ in 0..<2_000 {
            let mutated = Data(generator.mutating(seed))
            guard let profile = try? JSONDecoder().decode(TableProfile.self, from: mutated) else { continue }
            var merged = TableProfile(table)
            do throws(DataError) {
                try merged.merge(profile)
                #expect(merged.rowCount == 3 + profile.rowCount)
            } catch {
                #expect(merged == TableProfile(table))
            }
        }
    }
}
