import SlipwayData
import SlipwayTesting
import Testing

struct CSVReaderTests {
    private func table(
        _ text: String, types: [String: ColumnType] = [:], format: CSVFormat = .commas, limits: CSVLimits = .default
    ) throws(DataError) -> Table {
        try CSVReader.table(parsing: Array(text.utf8), types: types, format: format, limits: limits)
    }

    @Test func typesAreTheNarrowestThatHoldAllCells() throws {
        let table = try table(
            "truth,whole,number,text,mixed\ntrue,1,1,a,1\nFalse,-2,2.5,7,true\nTRUE,+3,-1e3,8,2\n")
        #expect(table["truth"]?.values == .booleans([true, false, true]))
        #expect(table["whole"]?.values == .integers([1, -2, 3]))
        #expect(table["number"]?.values == .numbers([1, 2.5, -1_000]))
        #expect(table["text"]?.values == .strings(["a", "7", "8"]))
        #expect(table["mixed"]?.values == .strings(["1", "true", "2"]))
    }

    @Test(arguments: ["", "NA", "NaN", "nan", "null", "NULL", "None", "N/A", " ", " NA "])
    func aMissingSpellingIsMissingAmongNumbers(_ spelling: String) throws {
        let table = try table("id,a,b,c\n1,\(spelling),1.5,true\n2,1,\(spelling),\(spelling)\n")
        #expect(table["a"] == Column(name: "a", values: .integers([0, 1]), validity: [false, true]))
        #expect(table["b"]?[1] == .missing)
        #expect(table["c"] == Column(name: "c", values: .booleans([true, false]), validity: [true, false]))
    }

    @Test func onlyTheEmptyCellIsMissingInText() throws {
        let column = try #require(try table("id,a\n1,None\n2,\n3,x\n4,NA\n5,\" \"\n")["a"])
        #expect((0..<5).map { column[$0] } == [.string("None"), .missing, .string("x"), .string("NA"), .string(" ")])
    }

    @Test func aColumnWithoutValuesIsOneOfNumbers() throws {
        #expect(try table("id,a\n1,\n2,NA\n")["a"]?.asNumbers?.allSatisfy(\.isNaN) == true)
    }

    @Test func aWholeNumberBeyond64BitsStaysTextUnlessANumberIsAskedFor() throws {
        let text = "a\n12345678901234567890\n1\n"
        #expect(try table(text)["a"]?.values == .strings(["12345678901234567890", "1"]))
        #expect(try table(text, types: ["a": .number])["a"]?.values == .numbers([12_345_678_901_234_567_168, 1]))
    }

    @Test func configuredSpellingsReplaceTheUsualOnes() throws {
        let table = try table("a,b\n-999,NA\n3,x\n", format: CSVFormat(missingSpellings: ["-999"]))
        #expect(table["a"] == Column(name: "a", values: .integers([0, 3]), validity: [false, true]))
        #expect(table["b"]?.values == .strings(["NA", "x"]))
    }

    @Test func declaredTypesAreKept() throws {
        let types: [String: ColumnType] = ["a": .string, "b": .number, "c": .integer, "d": .boolean, "absent": .number]
        let table = try table("a,b,c,d\n01,1,2.0,1\n02,2,3,false\n", types: types)
        #expect(table["a"]?.values == .strings(["01", "02"]))
        #expect(table["b"]?.values == .numbers([1, 2]))
        #expect(table["c"]?.values == .integers([2, 3]))
        #expect(table["d"]?.values == .booleans([true, false]))
    }

    @Test func aCellThatDoesNotFitItsDeclaredTypeIsRefusedWithLineAndColumn() throws {
        let error = try #require(throws: DataError.self) {
            try table("a,b\n1,2\n\"x\ny\",3\nseven,4\n", types: ["a": .integer, "b": .integer])
        }
        #expect(error.kind == .wrongType)
        #expect(error.message == "line 3: column 'a' holds a whole number, not 'x\ny'")
    }

    @Test func quotesHoldDelimitersLineEndsAndDoubledQuotes() throws {
        let table = try table("a,\"b,\"\"c\"\"\"\r\n\"x\r\ny\",\"1\"\r\n\"\"\"\",\"2\"\r\n")
        #expect(table.names == ["a", "b,\"c\""])
        #expect(table["a"]?.values == .strings(["x\r\ny", "\""]))
        #expect(table["b,\"c\""]?.values == .integers([1, 2]))
    }

    @Test(arguments: ["a,b\n1,x\n2,y\n", "a,b\r\n1,x\r\n2,y", "\u{FEFF}a,b\n\n1,x\n2,y\n\n\n", "a,b\n1,x\n2,y\r"])
    func lineEndsByteOrderMarkAndBlankLinesMakeNoDifference(_ text: String) throws {
        let expected = try Table(columns: [
            Column(name: "a", values: .integers([1, 2])), Column(name: "b", values: .strings(["x", "y"])),
        ])
        #expect(try table(text) == expected)
    }

    @Test func aHeaderAloneIsATableWithoutRows() throws {
        let table = try table("a,b", types: ["b": .string])
        #expect(table.names == ["a", "b"])
        #expect(table.rowCount == 0)
    }

    @Test func anotherDelimiterCanBeChosen() throws {
        #expect(try table("a\tb\n1,5\tx\n", format: .tabs)["a"]?.values == .strings(["1,5"]))
    }

    @Test func infinityIsANumber() throws {
        #expect(try table("a\ninf\n-Infinity\n0.5\n")["a"]?.values == .numbers([.infinity, -.infinity, 0.5]))
    }

    @Test(arguments: [
        ("", "line 1: there is no header: the input is empty"),
        ("\n\n", "line 3: there is no header: the input is empty"),
        ("a,a\n", "line 1: two columns are named 'a'"),
        (",a\n", "line 1: column 1 has no name in the header"),
        ("a,b\n1,2\n3\n", "line 3: the record has 1 fields, the header has 2"),
        ("a,b\n1,2,3\n", "line 2: the record has 3 fields, the header has 2"),
        ("a\n\"x\n\ny", "line 2: a quote is opened here and never closed"),
        ("a\n\"x\"y\n", "line 2: text follows a closing quote"),
        ("a\rb\r", "line 1: a carriage return stands without a line feed"),
    ])
    func aBrokenFileIsRefusedWithItsLine(text: String, message: String) throws {
        let error = try #require(throws: DataError.self) { try table(text) }
        #expect(error.kind == .malformed)
        #expect(error.message == message)
    }

    @Test func invalidUTF8IsRefusedWithItsLine() throws {
        let bytes = Array("a\nx\n".utf8) + [0xC3, 0x28, 0x0A]
        let error = try #require(throws: DataError.self) { try CSVReader.table(parsing: bytes, file: "rows.csv") }
        #expect(error.message == "rows.csv:3: the text is not valid UTF-8")
    }

    @Test(arguments: [
        CSVLimits(recordByteCountMax: 8), CSVLimits(fieldCountMax: 2), CSVLimits(rowCountMax: 1),
    ])
    func limitsHold(_ limits: CSVLimits) throws {
        let error = try #require(throws: DataError.self) {
            try table("a,b,c\n1,2,3\n\"1234567\",2,3\n", limits: limits)
        }
        #expect(error.kind == .limitExceeded)
    }

    @Test func aFileThatIsAbsentTooLargeOrAFolderIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a\n1\n", to: "a.csv")
        for (path, kind) in [
            (folder.path("none.csv"), DataError.Code.unreadable), (folder.path, .unreadable), (path, .limitExceeded),
        ] {
            let error = try #require(throws: DataError.self) {
                try CSVReader.table(contentsOf: path, limits: CSVLimits(byteCountMax: 3))
            }
            #expect(error.kind == kind)
        }
    }

    @Test func batchesTogetherAreTheWholeFile() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<25_000).map { "\($0),\"line \($0)\nsecond, \"\"\($0)\"\"\",\(Double($0) / 7)" }
        let path = try folder.write("id,text,number\r\n" + rows.joined(separator: "\r\n"), to: "rows.csv")
        let whole = try CSVReader.table(contentsOf: path)
        var reader = try CSVReader(contentsOf: path, types: ["id": .integer, "number": .number])
        #expect(reader.names == ["id", "text", "number"])
        var start = 0
        while let batch = try reader.nextBatch(rows: 7_000) {
            #expect(batch == whole.selecting(rows: Array(start..<(start + batch.rowCount))))
            start += batch.rowCount
        }
        #expect(start == 25_000)
    }

    @Test func aRecordLongerThanItsLimitIsRefusedWhileTheFileIsStillRead() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a\n\"" + String(repeating: "x", count: 3 << 20), to: "rows.csv")
        var reader = try CSVReader(contentsOf: path, types: [:])
        var kind: DataError.Code?
        do throws(DataError) { _ = try reader.nextBatch(rows: 1) } catch { kind = error.kind }
        #expect(kind == .limitExceeded)
    }

    @Test func mutatedFilesNeverTrapAndWhatIsReadReadsBack() throws {
        let seed = Array("id,\"te\"\"xt\",n\r\n1,\"a\nb\",2.5\r\n2,é,\r\n3,\"\"\"\",1e-3\n".utf8)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let mutated = generator.mutating(seed)
            do throws(DataError) {
                let table = try CSVReader.table(parsing: mutated)
                let types = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.type) })
                let again = try CSVReader.table(parsing: CSVWriter.bytes(of: table), types: types)
                #expect(again.names == table.names)
                #expect((0..<table.rowCount).allSatisfy { again.row($0) == table.row($0) })
            } catch {
                #expect(error.message.hasPrefix("line "))
            }
        }
    }
}
