import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

@Suite(.enabled(if: Library.shared.isAvailable))
struct FilesSourceTests {
    private let folder: TemporaryFolder
    private let source: FilesSource

    init() throws {
        folder = try TemporaryFolder()
        source = FilesSource(name: "lake", path: folder.path)
    }

    @Test(arguments: DataSourceConformance.claims, ["csv", "tsv", "parquet", "jsonl", "ndjson"])
    func conforms(_ claim: ConformanceClaim<any DataSource>, _ ending: String) async throws {
        try folder.write(DataSourceConformance.people(), to: "people.\(ending)")
        try await claim.check(source)
    }

    @Test func filesOfAllKindsAreJoined() async throws {
        try folder.write(DataSourceConformance.people(), to: "People.parquet")
        try folder.write("person,city\n1,Delft\n3,Porto\n", to: "Cities.csv")
        try folder.write("{\"city\": \"Delft\", \"size\": 1}\n{\"city\": \"Porto\", \"size\": 2}\n", to: "sizes.jsonl")
        let table = try await source.fetch(
            """
            with c as (select * from cities) select name, size from people join c on person = id
            join main.sizes using (city) order by id
            """)
        #expect(table.row(0) == [.string("Ada"), .integer(1)])
        #expect(table.rowCount == 2)
    }

    @Test func oneFileIsASourceOfOneTable() async throws {
        try folder.write("a\n1\n", to: "t.csv")
        try folder.write("b\n1\n", to: "u.csv")
        let source = FilesSource(name: "lake", path: folder.path("t.csv"))
        #expect(try await source.fetch("select a from t").row(0) == [.integer(1)])
        let error = await #expect(throws: DataError.self) { try await source.fetch("select b from u") }
        #expect(error?.kind == .unreadable)
        #expect(error?.hint?.contains("holds t.") == true)
    }

    @Test func aTypeIsThatOfAllRowsHoweverLateTheyTell() async throws {
        let rows = (0..<30_000).map { "\($0)" } + ["late"]
        try folder.write("a\n\(rows.joined(separator: "\n"))\n", to: "t.csv")
        try folder.write(rows.map { "{\"a\": \"\($0)\"}" }.joined(separator: "\n"), to: "u.jsonl")
        for table in ["t", "u"] {
            let answer = try await source.fetch("select a from \(table) order by a desc limit 1")
            #expect(answer.row(0) == [.string("late")])
        }
    }

    @Test func twoFilesOfOneNameAreRefusedOnlyWhenTheyAreAskedFor() async throws {
        try folder.write("a\n1\n", to: "t.csv")
        try folder.write("a\n1\n", to: "T.tsv")
        try folder.write("a\n1\n", to: "u.csv")
        #expect(try await source.fetch("select a from u").rowCount == 1)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select a from t") }
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains("T.tsv, t.csv") == true)
        #expect(try await source.fetch("with t as (select 7 as a) select a from t").row(0) == [.integer(7)])
    }

    @Test(arguments: [
        ("broken.csv", "a,b\n1,2\n3,4,5\n"), ("broken.parquet", "PAR1"), ("broken.tsv", "a,b\n1\t2\n"),
        ("broken.jsonl", "{\"a\": \n"),
    ])
    func aBrokenFileIsNamedOnlyWhenItIsAskedFor(_ name: String, _ text: String) async throws {
        try folder.write(text, to: name)
        try folder.write("a\n1\n", to: "good.csv")
        #expect(try await source.fetch("select a from good").rowCount == 1)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select * from broken") }
        #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("/proc/") == false)
    }

    @Test(arguments: ["odd \"name'", "a*b", "a?[b]", "ключ 🚢"])
    func hostileNamesOfFilesAreTakenLiterally(_ name: String) async throws {
        try folder.write("a\n7\n", to: "\(name).csv")
        try folder.write("a\n8\n", to: "axb.csv")
        let table = try await source.fetch("select a from \(SQLText.name(name))")
        #expect(table.columns == [Column(name: "a", values: .integers([7]))])
    }

    @Test func aLinkToAFileIsFollowed() async throws {
        let other = try TemporaryFolder()
        try other.write("a\n7\n", to: "t.csv")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("linked.csv"), withDestinationPath: other.path("t.csv"))
        #expect(try await source.fetch("select a from linked").row(0) == [.integer(7)])
    }

    @Test func aQueryReachesNoFileOutsideTheFolderAndChangesNone() async throws {
        let other = try TemporaryFolder()
        let secret = try other.write("a\n1\n", to: "t.csv")
        try folder.write("a\n1\n", to: "t.csv")
        for query in [
            "select * from read_csv('\(secret)')", "select * from '\(secret)'", "select * from \"\(secret)\"",
            "select * from t, read_csv('\(secret)')", "select * from \"../t\"",
            "select * from read_text('/etc/passwd')",
            "select * from glob('\(other.path)/*')", "copy t to '\(folder.path("out.csv"))'",
            "create view v as select 1",
            "create or replace view t as select 2 as a", "select * from t; drop view t", "set threads = 8",
            "select * from t, enable_logging(storage = 'file', storage_path = '\(folder.path("log"))')",
        ] {
            await #expect(throws: DataError.self, "\(query)") { try await source.fetch(query) }
        }
        #expect(try folder.names == ["t.csv"] && other.names == ["t.csv"])
        #expect(try folder.text(of: "t.csv") == "a\n1\n")
    }

    @Test func anAbsentFolderAndAnUnknownKindAreNamed() async throws {
        let note = try folder.write("x", to: "notes.txt")
        for (path, words) in [(folder.path("absent"), "there is no"), (note, "no file of a known kind")] {
            let source = FilesSource(name: "lake", path: path)
            let error = await #expect(throws: DataError.self) { try await source.fetch("select * from t") }
            #expect(error?.kind == .unreadable)
            #expect(error?.message.contains(words) == true)
        }
    }
}

extension TemporaryFolder {
    /// Writes a table in the form that the ending of the name tells.
    fileprivate func write(_ table: Table, to name: String) throws {
        switch URL(fileURLWithPath: name).pathExtension {
        case "parquet":
            let columns = table.columns.map { ParquetColumn($0.name, .values($0.type)) }
            var parts = [table]
            try DuckDBParquet().write(columns, to: path(name)) { parts.popLast() }
        case "csv": try CSVWriter.write(table, to: path(name))
        case "tsv": try write(String(decoding: CSVWriter.bytes(of: table), as: UTF8.self).tabbed, to: name)
        default:
            let lines = (0..<table.rowCount).map { row in
                let cells = zip(table.names, table.row(row)).map { name, cell in "\"\(name)\":\(cell.json)" }
                return "{\(cells.joined(separator: ","))}"
            }
            try write(lines.joined(separator: "\n"), to: name)
        }
    }
}

extension String {
    /// The lines of a file with commas between fields with tabs instead, but for those within quotes.
    fileprivate var tabbed: String {
        var isQuoted = false
        return String(
            map { character in
                if character == "\"" { isQuoted.toggle() }
                return character == "," && !isQuoted ? "\t" : character
            })
    }
}

extension Value {
    fileprivate var json: String {
        if isMissing { return "null" }
        if case .string(let text) = self { return JSONValue.string(text).text(style: .compact) }
        return text
    }
}
