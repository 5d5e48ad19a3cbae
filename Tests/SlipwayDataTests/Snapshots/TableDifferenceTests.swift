import SlipwayData
import Testing

struct TableDifferenceTests {
    private func difference(_ before: [Column], _ after: [Column]) throws -> TableDifference {
        TableDifference(
            from: TableProfile(try Table(columns: before)), to: TableProfile(try Table(columns: after)))
    }

    private func column(_ difference: TableDifference, _ name: String) throws -> TableDifference.Column {
        try #require(difference.columns.first { $0.name == name })
    }

    @Test func columnsAreAddedRemovedAndRetyped() throws {
        let difference = try difference(
            [
                Column(name: "kept", values: .integers([1])), Column(name: "gone", values: .integers([1])),
                Column(name: "turned", values: .integers([1])),
            ],
            [
                Column(name: "new", values: .integers([1, 1])), Column(name: "turned", values: .strings(["1", "1"])),
                Column(name: "kept", values: .integers([1, 1])),
            ])
        #expect(difference.columns.map(\.name) == ["new", "turned", "kept", "gone"])
        #expect(difference.columns.map(\.isSchemaChange) == [true, true, false, true])
        #expect([difference.rowCountBefore, difference.rowCountAfter] == [1, 2])
        #expect(try column(difference, "turned").before?.type == .integer)
        #expect(try column(difference, "new").before == nil && column(difference, "gone").after == nil)
    }

    @Test func equalColumnsAreNotChanged() throws {
        let columns = [Column(name: "n", values: .numbers([1, 2])), Column(name: "s", values: .strings(["a", "b"]))]
        #expect(try difference(columns, columns).columns.allSatisfy { !$0.isChanged })
    }

    @Test func newAndLostCategoriesAreNamed() throws {
        let difference = try difference(
            [Column(name: "s", values: .strings(["a", "b", "b", ""]), validity: [true, true, true, false])],
            [Column(name: "s", values: .strings(["b", "c", "c"]))])
        let column = try column(difference, "s")
        #expect(column.newCategories == ["c"] && column.lostCategories == ["a"])
    }

    @Test func tooManyCategoriesAreNotCompared() throws {
        let many = (0..<2_500).map { "category \($0)" }
        let difference = try difference(
            [Column(name: "s", values: .strings(many))], [Column(name: "s", values: .strings(many + ["one more"]))])
        #expect(try column(difference, "s").newCategories == nil)
        #expect(try column(difference, "s").lostCategories == nil)
    }

    @Test func numbersHaveNoCategories() throws {
        let difference = try difference(
            [Column(name: "n", values: .integers([1]))], [Column(name: "n", values: .strings(["1"]))])
        #expect(try column(difference, "n").newCategories == nil)
    }
}
