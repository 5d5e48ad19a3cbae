import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayTesting
import Testing

struct CSVFolderSourceTests {
    let folder: TemporaryFolder
    let source: CSVFolderSource

    init() throws {
        folder = try TemporaryFolder()
        source = CSVFolderSource(name: "files", folder: folder.url.path)
        try CSVWriter.write(try DataSourceConformance.people(), to: folder.path("people.csv"))
    }

    @Test(arguments: DataSourceConformance.claims)
    func conforms(_ claim: ConformanceClaim<any DataSource>) async throws { try await claim.check(source) }

    @Test func filesAreJoined() async throws {
        try folder.write("person,city\n1,Delft\n3,Porto\n", to: "Cities.csv")
        let table = try await source.fetch(
            "with c as (select * from cities) select name, city from people join c on person = id order by id")
        #expect(table.row(0) == [.string("Ada"), .string("Delft")])
        #expect(table.rowCount == 2)
    }

    @Test func aChangedFileIsSeenByTheNextFetch() async throws {
        try folder.write("a\n1\n", to: "t.csv")
        #expect(try await source.fetch("select a from t").row(0) == [.integer(1)])
        try folder.write("a\nx\ny\n", to: "t.csv")
        #expect(try await source.fetch("select a from t").columns == [Column(name: "a", values: .strings(["x", "y"]))])
    }

    @Test func anUnknownTableSaysWhichOnesThereAre() async throws {
        try folder.write("a\n1\n", to: "orders.csv")
        let error = await #expect(throws: DataError.self) { try await source.fetch("select * from order_s") }
        #expect(error?.hint?.contains("orders, people") == true)
    }

    @Test func aBrokenFileIsNamedWithItsLineOnlyWhenItIsAskedFor() async throws {
        try folder.write("a,b\n1,2\n3\n", to: "broken.csv")
        #expect(try await source.fetch("select id from people").rowCount == 4)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select a from broken") }
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains("broken.csv:3") == true)
    }

    @Test func hostileNamesOfFilesAndColumnsAreTakenLiterally() async throws {
        try folder.write("\"x\"\"); drop table people; --\",select\n1,2\n", to: "odd \"name'.csv")
        let table = try await source.fetch("select * from \"odd \"\"name'\"")
        #expect(table.names == ["x\"); drop table people; --", "select"])
        #expect(table.row(0) == [.integer(1), .integer(2)])
    }

    @Test func columnsThatDifferOnlyInCaseAreRefused() async throws {
        try folder.write("Age,age\n1,2\n", to: "t.csv")
        let error = await #expect(throws: DataError.self) { try await source.fetch("select * from t") }
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains("'Age' and 'age'") == true)
    }

    @Test(arguments: ["../secret", "/etc/passwd", "sub/t"]) func noNameLeavesTheFolder(name: String) async throws {
        let error = await #expect(throws: DataError.self) { try await source.fetch("select * from \"\(name)\"") }
        #expect(error?.kind == .unreadable)
    }

    @Test func policiesReadAFileOfAnotherCountryAndSetBadRowsAside() async throws {
        try folder.write("id;price\n1;1.234,5\n2;free\n3;7\n", to: "sales.csv")
        let quarantine = Quarantine(folder: folder.path("quarantine"))
        var parsing = CSVParsing(
            delimiter: UInt8(ascii: ";"),
            columns: [
                "price": ColumnParsing(
                    content: .values(.number), marks: NumberMarks(decimal: ",", thousands: "."))
            ], badShareMax: 0.5)
        func source() -> CSVFolderSource {
            CSVFolderSource(name: "files", folder: folder.path, parsing: parsing, quarantine: quarantine)
        }
        let table = try await source().fetch("select sum(price) as total, count(*) as n from sales")
        #expect(table.row(0) == [.number(1241.5), .integer(2)])
        #expect(try folder.text(of: "quarantine/sales.csv").contains("3,column 'price' does not hold a number"))
        parsing.badShareMax = 0.3
        let error = await #expect(throws: DataError.self) { try await source().fetch("select * from sales") }
        #expect(error?.message.contains("source 'files': ") == true)
        #expect(error?.message.contains("sales.csv:3: ") == true)
        #expect(error?.message.contains("1 of 3 rows do not parse, and 30% may not") == true)
    }

    @Test(arguments: ["a\u{0}b", "\"\""]) func aColumnThatNoQueryCouldNameIsRefused(header: String) async throws {
        try Data("id,\(header)\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder.path("odd.csv")))
        let error = await #expect(throws: DataError.self) { try await source.fetch("select id from odd") }
        #expect(error?.kind == .malformed)
    }

    @Test func aMissingFolderIsNamed() async {
        let absent = CSVFolderSource(name: "files", folder: folder.path("absent"))
        let error = await #expect(throws: DataError.self) { try await absent.fetch("select * from t") }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains("absent") == true)
    }

    @Test func noQueryWritesAFile() async throws {
        let target = folder.path("made.db")
        for statement in ["attach '\(target)' as other", "vacuum into '\(target)'"] {
            await #expect(throws: DataError.self) { try await source.fetch(statement) }
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }
}
