import SlipwayData
import Testing

struct TableTests {
    private func table() throws -> Table {
        try Table(columns: [
            Column(name: "n", values: .integers([1, 2, 3]), validity: [true, false, true]),
            Column(name: "t", values: .strings(["a", "b", "c"])),
        ])
    }

    @Test func namesMustDifferAndLengthsAgree() {
        let column = Column(name: "n", values: .integers([1]))
        let twice = #expect(throws: DataError.self) { try Table(columns: [column, column]) }
        #expect(twice?.message == "two columns are named 'n'")
        let longer = Column(name: "t", values: .strings(["a", "b"]))
        let uneven = #expect(throws: DataError.self) { try Table(columns: [column, longer]) }
        #expect(uneven?.message == "column 't' has 2 rows, not 1")
        #expect(throws: DataError.self) { try table().adding(column) }
    }

    @Test func rowsAndColumnsAreSelectedInTheGivenOrder() throws {
        let chosen = try table().selecting(rows: [2, 1, 2]).selecting(columns: ["t", "n"])
        #expect(chosen.names == ["t", "n"])
        #expect(
            (0..<3).map { chosen.row($0) } == [
                [.string("c"), .integer(3)], [.string("b"), .missing], [.string("c"), .integer(3)],
            ])
        #expect(try table().selecting(rows: []).rowCount == 0)
    }

    @Test func everyAbsentColumnIsNamed() throws {
        let error = #expect(throws: DataError.self) { try table().selecting(columns: ["x", "n", "y"]) }
        #expect(error?.kind == .missingColumn)
        #expect(error?.message == "there is no column 'x', 'y' among n, t")
    }

    @Test func partsAreJoinedOneBelowTheOther() throws {
        let joined = try Table.concatenating([
            table(), table().selecting(rows: []), table().selecting(columns: ["t", "n"]),
        ])
        #expect(joined.rowCount == 6)
        #expect(joined["n"]?[4] == .missing)
        #expect(joined["t"]?[5] == .string("c"))
        #expect(try Table.concatenating([]).rowCount == 0)
    }

    @Test func partsWithOtherColumnsAreNotJoined() throws {
        let renamed = try Table(columns: [
            Column(name: "m", values: .integers([1])), Column(name: "t", values: .strings([""])),
        ])
        let retyped = try Table(columns: [
            Column(name: "n", values: .numbers([1])), Column(name: "t", values: .strings([""])),
        ])
        for other in [renamed, retyped, try table().selecting(columns: ["n"])] {
            #expect(throws: DataError.self) { try Table.concatenating([table(), other]) }
        }
        let wider = try table().adding(Column(name: "x", values: .integers([1, 2, 3])))
        #expect(throws: DataError.self) { try Table.concatenating([table(), wider]) }
    }
}
