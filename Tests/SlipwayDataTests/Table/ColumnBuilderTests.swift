import SlipwayData
import Testing

struct ColumnBuilderTests {
    private func built(_ type: ColumnType, _ cells: [Value]) throws -> Column {
        var builder = ColumnBuilder(name: "c", type: type)
        for cell in cells { try builder.append(cell) }
        return builder.finish()
    }

    @Test(arguments: [
        (ColumnType.number, Value.integer(1), Value.number(1)), (.number, .boolean(true), .number(1)),
        (.integer, .number(3), .integer(3)), (.integer, .boolean(false), .integer(0)),
        (.boolean, .integer(1), .boolean(true)), (.boolean, .number(0), .boolean(false)),
        (.string, .number(1.5), .string("1.5")), (.string, .integer(7), .string("7")),
    ])
    func aCellIsConvertedWhereNothingIsLost(type: ColumnType, cell: Value, wanted: Value) throws {
        #expect(try built(type, [cell])[0] == wanted)
    }

    @Test(arguments: [
        (ColumnType.number, Value.string("1")), (.integer, .number(1.5)), (.integer, .number(1e300)),
        (.integer, .number(.infinity)), (.integer, .string("1")), (.boolean, .integer(2)), (.boolean, .string("true")),
    ])
    func aCellThatDoesNotFitIsRefused(type: ColumnType, cell: Value) {
        let error = #expect(throws: DataError.self) { try built(type, [cell]) }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("column 'c' holds ") == true)
    }

    @Test(arguments: ColumnType.allCases)
    func missingCellsStayMissingAndTakeNoOthersWithThem(type: ColumnType) throws {
        let column = try built(type, [.missing, .boolean(true), .number(.nan)])
        #expect([0, 2].allSatisfy { column[$0] == .missing })
        #expect(!column[1].isMissing)
        #expect(column.count == 3)
        #expect(try built(type, [.boolean(true)]).validity == nil)
    }

    @Test func aRefusedCellLeavesTheOthersAsTheyWere() throws {
        var builder = ColumnBuilder(name: "c", type: .integer)
        try builder.append(.integer(1))
        #expect(throws: DataError.self) { try builder.append(.string("x")) }
        try builder.append(.integer(2))
        let column = builder.finish()
        #expect((0..<column.count).map { column[$0] } == [.integer(1), .integer(2)])
    }
}
