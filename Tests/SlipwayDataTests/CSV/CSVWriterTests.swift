import SlipwayData
import SlipwayTesting
import Testing

struct CSVWriterTests {
    private func table() throws -> Table {
        try Table(columns: [
            Column(name: "a,b", values: .numbers([1, 0.1, .nan, 1e300])),
            Column(name: "c", values: .strings(["x", "y\"z\n", "", " p "]), validity: [true, true, false, true]),
            Column(name: "d", values: .integers([1, -2, 0, 4]), validity: [true, true, false, true]),
            Column(name: "e", values: .booleans([true, false, true, true])),
        ])
    }

    @Test func fieldsAreQuotedOnlyWhereTheyMustBe() throws {
        let text = String(decoding: CSVWriter.bytes(of: try table()), as: UTF8.self)
        #expect(
            text == "\"a,b\",c,d,e\n1.0,x,1,true\n0.1,\"y\"\"z\n\",-2,false\n,,,true\n1e+300, p ,4,true\n")
    }

    @Test func aLoneMissingCellSurvives() throws {
        let table = try Table(columns: [Column(name: "a", values: .numbers([1.5, .nan, 2.5]))])
        let bytes = CSVWriter.bytes(of: table)
        #expect(bytes == Array("a\n1.5\n\"\"\n2.5\n".utf8))
        #expect(try CSVReader.table(parsing: bytes).rowCount == 3)
    }

    @Test func batchesMakeOneFileThatReadsBack() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out.csv")
        var writer = try CSVWriter(path: path, names: try table().names)
        try writer.write(try table())
        try writer.write(try table())
        try writer.finish()
        let read = try CSVReader.table(contentsOf: path)
        #expect(read.rowCount == 8)
        #expect(try (0..<8).allSatisfy { try read.row($0) == table().row($0 % 4) })
        #expect(try folder.names == ["out.csv"])
    }

    @Test func rowsWithOtherColumnsAreRefusedAndTheOldFileStays() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("old", to: "out.csv")
        var kind: DataError.Code?
        do throws(DataError) {
            var writer = try CSVWriter(path: path, names: ["x"])
            try writer.write(Table(columns: [Column(name: "y", values: .integers([1]))]))
        } catch {
            kind = error.kind
        }
        #expect(kind == .missingColumn)
        #expect(try folder.names == ["out.csv"])
        #expect(try folder.text(of: "out.csv") == "old")
    }
}
