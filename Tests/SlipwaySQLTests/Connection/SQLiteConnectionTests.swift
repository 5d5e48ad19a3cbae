import SlipwayData
import SlipwaySQL
import Testing

struct SQLiteConnectionTests {
    let database: SQLiteDatabase

    init() throws {
        database = try SQLiteDatabase(inMemory: "test")
        try database.write {
            try $0.executeScript(
                """
                create table people (
                    id integer primary key, name text not null unique, height real, member boolean, tag, photo blob
                )
                """)
        }
    }

    @Test func placeholdersBindByNumberWhateverTheirOrder() throws {
        let row = try database.read {
            try $0.queryFirst("select $2 as b, $1 as a, $2 as again", [.string("one"), .string("two")])
        }
        #expect(row?.values == [.string("two"), .string("one"), .string("two")])
    }

    @Test(arguments: [[Value](), [.integer(1), .integer(2)]])
    func tooFewOrTooManyValuesAreRefused(values: [Value]) {
        let error = #expect(throws: SQLError.self) {
            try database.read { try $0.query("select $1 as a", values) }
        }
        #expect(error?.kind == .invalidStatement)
    }

    @Test(arguments: [
        Value.missing, .integer(.max), .integer(.min), .number(1.5), .number(.infinity), .number(-0.0),
        .string(""), .string("Zoë 🚢"), .string("'; drop table people; --"),
    ])
    func aValueReadsBackAsItWasWritten(value: Value) throws {
        let row = try database.write { connection in
            try connection.execute("insert into people (id, name, tag) values (1, 'x', $1)", [value])
            return try connection.queryFirst("select tag from people")
        }
        #expect(row?["tag"] == value)
    }

    @Test func aTextThatWouldBeCutOffIsRefused() {
        let error = #expect(throws: SQLError.self) {
            try database.read { try $0.query("select $1 as a", [.string("before\u{0}after")]) }
        }
        #expect(error?.kind == .wrongType)
    }

    @Test func truthIsStoredAsZeroAndOneAndNaNAsNull() throws {
        let row = try database.read {
            try $0.queryFirst("select $1 as t, $2 as f, $3 as n", [.boolean(true), .boolean(false), .number(.nan)])
        }
        #expect(row?.values == [.integer(1), .integer(0), .missing])
        #expect(try row?.boolean("t") == true)
        #expect(try row?.boolean("f") == false)
    }

    @Test func aKeyThatIsTakenIsAUniqueViolation() {
        let error = #expect(throws: SQLError.self) {
            try database.write {
                try $0.execute(
                    "insert into people (id, name) values ($1, $2)",
                    forEach: [
                        [.integer(1), .string("Ada")], [.integer(1), .string("Bob")],
                    ])
            }
        }
        #expect(error?.kind == .uniqueViolation)
    }

    @Test func otherBrokenRulesAreConstraintViolations() {
        let error = #expect(throws: SQLError.self) {
            try database.write { try $0.execute("insert into people (id) values (1)") }
        }
        #expect(error?.kind == .constraintViolation)
    }

    @Test(arguments: [
        ("selec 1", SQLError.Code.invalidStatement, "syntax"),
        ("select 1; select 2", .invalidStatement, "statement"),
        ("select * from absent", .missingTable, "'absent'"),
        ("select absent from people", .missingColumn, "'absent'"),
    ])
    func aBadStatementSaysWhatIsWrong(sql: String, kind: SQLError.Code, word: String) {
        let error = #expect(throws: SQLError.self) { try database.read { try $0.query(sql) } }
        #expect(error?.kind == kind)
        #expect(error?.message.contains(word) == true)
    }

    @Test func executeCountsTheRowsItChanged() throws {
        try database.write { connection in
            try connection.execute("insert into people (id, name) values (1, 'a'), (2, 'b')")
            #expect(try connection.execute("update people set height = 2") == 2)
            #expect(try connection.execute("delete from people where id = 1") == 1)
            #expect(try connection.execute("delete from people where id = 1") == 0)
        }
    }

    @Test func bytesAreRefusedByTheNameOfTheirColumn() throws {
        try database.write { try $0.execute("insert into people (id, name, photo) values (1, 'a', x'00ff')") }
        let error = #expect(throws: SQLError.self) { try database.read { try $0.query("select photo from people") } }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("'photo'") == true)
    }

    @Test func rowReadersRefuseWhatTheyAreNotAskedFor() throws {
        let row = try #require(try database.read { try $0.queryFirst("select 1 as a, 'x' as b, null as c") })
        #expect(try row.integer("a") == 1)
        #expect(try row.number("a") == 1)
        #expect(try row.textIfPresent("c") == nil)
        #expect(throws: SQLError.self) { try row.text("a") }
        #expect(throws: SQLError.self) { try row.integer("b") }
        #expect(throws: SQLError.self) { try row.text("c") }
        let error = #expect(throws: SQLError.self) { try row.text("d") }
        #expect(error?.kind == .missingColumn)
    }

    @Test(arguments: [
        "plain", "two words", "quo\"te", "\"", "quote\"\u{301}accent", "semi;colon--", "ünïcode 🚢", "select", "a'b",
    ])
    func aQuotedIdentifierIsTakenLiterally(name: String) throws {
        let quoted = SQLText.name(name)
        let names = try database.write { connection in
            try connection.execute("create table \(quoted) (\(quoted) integer)")
            try connection.execute("insert into \(quoted) values (1)")
            return try connection.queryFirst("select \(quoted) from \(quoted)")?.names
        }
        #expect(names == [name])
    }
}
