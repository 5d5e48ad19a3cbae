import Foundation
import SlipwayData
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
}
