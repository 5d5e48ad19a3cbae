import SlipwayData
import SlipwayTesting
import Testing

struct JSONLinesWriterTests {
    @Test func whatIsWrittenReadsBackTheSame() throws {
        let folder = try TemporaryFolder()
        let table = try Table(columns: [
            Column(name: "whole", values: .integers([1, .min]), validity: [true, true]),
            Column(name: "a \"name\"", values: .strings(["tab\t", ""]), validity: [true, false]),
            Column(name: "number", values: .numbers([0.1, .nan])),
            Column(name: "truth", values: .booleans([true, false])),
        ])
        let writer = JSONLinesWriter(path: folder.path("out.jsonl"))
        try writer.begin(table.selecting(rows: []))
        try writer.write(table)
        try writer.finish()
        #expect(
            try folder.text(of: "out.jsonl") == """
                {"whole":1,"a \\"name\\"":"tab\\t","number":0.1,"truth":true}
                {"whole":-9223372036854775808,"a \\"name\\"":null,"number":null,"truth":false}

                """)
        let reader = try JSONLinesReader(contentsOf: folder.path("out.jsonl"), types: [:])
        let back = try #require(try reader.nextBatch(rows: 10))
        #expect((0..<2).map(back.row) == (0..<2).map(table.row))
    }

    @Test func numbersThatJSONDoesNotHaveAreNull() throws {
        let folder = try TemporaryFolder()
        let writer = JSONLinesWriter(path: folder.path("out.jsonl"))
        let table = try Table(columns: [Column(name: "n", values: .numbers([.infinity]))])
        try writer.begin(table.selecting(rows: []))
        try writer.write(table)
        try writer.finish()
        #expect(try folder.text(of: "out.jsonl") == "{\"n\":null}\n")
    }
}
