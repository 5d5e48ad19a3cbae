import SlipwayData
import SlipwayTesting
import Testing

struct AsOfJoinTests {
    private let join = AsOfJoin(asOf: "at", key: "id", time: "since")

    private func rows(_ cells: [(id: Value, at: Value)]) throws -> Table {
        try table(["id": cells.map(\.id), "at": cells.map(\.at)], order: ["id", "at"])
    }

    private func history(_ cells: [(id: Value, since: Value, plan: Value)]) throws -> Table {
        try table(
            ["id": cells.map(\.id), "since": cells.map(\.since), "plan": cells.map(\.plan)],
            order: ["id", "since", "plan"])
    }

    private func table(_ cells: [String: [Value]], order: [String]) throws -> Table {
        try Table(
            columns: order.map { name in
                let column = cells[name] ?? []
                var builder = ColumnBuilder(name: name, type: column.lazy.compactMap(\.type).first ?? .string)
                for cell in column { try builder.append(cell) }
                return builder.finish()
            })
    }

    private func plans(_ table: Table, column: String = "plan") -> [Value] {
        (0..<table.rowCount).compactMap { table[column]?[$0] }
    }

    private func failure(_ rows: Table, _ history: Table, join: AsOfJoin? = nil) -> DataError? {
        #expect(throws: DataError.self) { try (join ?? self.join).joining(rows, with: history, named: "the plans") }
    }

    @Test func theFiguresAreThoseOfPandas() throws {
        let cases = try Fixture.json("asof-joins.json").elements
        #expect(cases.count == 5)
        for document in cases {
            func cells(_ part: String, _ column: String) -> [Value] {
                document[part]?[column]?.elements.compactMap(\.asValue) ?? []
            }
            func table(_ part: String, _ names: [String]) throws -> Table {
                try self.table(
                    Dictionary(uniqueKeysWithValues: names.map { ($0, cells(part, $0)) }), order: names)
            }
            let age = document.number("max_age_milliseconds").map { Int64($0) }
            let join = AsOfJoin(asOf: "observed_at", key: "key", time: "changed_at", ageMaxMilliseconds: age)
            let joined = try join.joining(
                try table("rows", ["key", "observed_at"]),
                with: try table("history", ["key", "changed_at", "score", "plan"]), named: "the history")
            #expect(joined.names == ["key", "observed_at", "score", "plan"])
            for name in ["score", "plan"] {
                #expect(plans(joined, column: name) == cells("joined", name), "\(document["name"]?.text ?? "")")
            }
            // Otherwise a join that finds nothing would pass.
            #expect(plans(joined, column: "score").contains { !$0.isMissing })
        }
    }

    @Test func aStepOfTheSameMomentCountsAndALaterOneDoesNot() throws {
        let history = try history([
            (.integer(1), .string("2026-03-01T00:00:00.000000002Z"), .string("later")),
            (.integer(1), .string("2026-03-01"), .string("then")),
        ])
        let moments = [
            "2026-02-28T23:59:59.999999999Z", "2026-03-01", "2026-03-01 00:00:00.000000001",
            "2026-03-01T01:00:00.000000001+01:00", "2026-03-01T00:00:00.000000002Z",
        ]
        let joined = try join.joining(
            rows(moments.map { (.integer(1), .string($0)) }), with: history, named: "the plans")
        #expect(
            plans(joined) == [.missing, .string("then"), .string("then"), .string("then"), .string("later")])
    }

    @Test func aStepOlderThanAllowedIsNotTaken() throws {
        var join = join
        join.ageMaxMilliseconds = 86_400_000
        let history = try history([(.integer(1), .string("2026-03-01T12:00:00Z"), .string("basic"))])
        let moments = ["2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00.000001Z"]
        let joined = try join.joining(
            rows(moments.map { (.integer(1), .string($0)) }), with: history, named: "the plans")
        #expect(plans(joined) == [.string("basic"), .string("basic"), .missing])
    }

    @Test func numbersAreTimesOfAnyUnit() throws {
        let history = try history([
            (.integer(1), .integer(9_007_199_254_740_993), .string("odd")),
            (.integer(1), .integer(9_007_199_254_740_992), .string("even")),
        ])
        let times = [9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_993].map(Value.integer)
        let joined = try join.joining(rows(times.map { (.integer(1), $0) }), with: history, named: "the plans")
        #expect(plans(joined) == [.missing, .string("even"), .string("odd")])
    }

    @Test func aMissingKeyFindsNothingAndIsFoundByNobody() throws {
        let history = try history([
            (.missing, .integer(1), .string("nobody's")), (.missing, .integer(1), .string("nobody's")),
            (.string(""), .integer(1), .string("the empty key's")),
        ])
        let joined = try join.joining(
            rows([(.missing, .integer(5)), (.string(""), .integer(5)), (.string("x"), .integer(5))]), with: history,
            named: "the plans")
        #expect(plans(joined) == [.missing, .string("the empty key's"), .missing])
    }

    @Test func theSpellingsOfALetterAreTwoKeys() throws {
        let history = try history([(.string("e\u{301}"), .integer(1), .string("decomposed"))])
        let joined = try join.joining(
            rows([(.string("\u{E9}"), .integer(5)), (.string("e\u{301}"), .integer(5))]), with: history,
            named: "the plans")
        #expect(plans(joined) == [.missing, .string("decomposed")])
    }

    @Test func anEmptyHistoryGivesMissingCellsOfItsTypes() throws {
        let history = try Table(columns: [
            Column(name: "id", values: .integers([])), Column(name: "since", values: .integers([])),
            Column(name: "score", values: .numbers([])), Column(name: "flag", values: .booleans([])),
        ])
        let joined = try join.joining(rows([(.integer(1), .integer(5))]), with: history, named: "the plans")
        #expect(joined.columns.map(\.type) == [.integer, .integer, .number, .boolean])
        #expect(joined.row(0) == [.integer(1), .integer(5), .missing, .missing])
    }

    @Test func aPrefixTellsColumnsApart() throws {
        let rows = try table(
            ["id": [.integer(1)], "at": [.integer(5)], "plan": [.string("mine")]], order: ["id", "at", "plan"])
        let history = try history([(.integer(1), .integer(1), .string("theirs"))])
        #expect(failure(rows, history)?.message.contains("'plan' of the plans is a column") == true)
        var join = join
        join.prefix = "last_"
        let joined = try join.joining(rows, with: history, named: "the plans")
        #expect(joined.names == ["id", "at", "plan", "last_plan"])
        #expect(joined.row(0).suffix(2) == [.string("mine"), .string("theirs")])
    }

    @Test func repeatedStepsAreRefusedWithTheirCount() throws {
        let history = try history([
            (.integer(1), .integer(1), .string("a")), (.integer(2), .integer(1), .string("b")),
            (.integer(1), .integer(1), .string("c")), (.integer(1), .integer(1), .string("d")),
        ])
        let message = failure(try rows([(.integer(1), .integer(5))]), history)?.message
        #expect(message?.contains("2 of 4 rows of the plans") == true)
    }

    @Test(arguments: [
        (Value.string("yesterday"), "is no time in 1 of 2 rows, first in row 2: 'yesterday'"),
        (.string("2026-02-30"), "is no time"), (.string("2026-03-01T00:00:00.0000000001Z"), "is no time"),
        (.missing, "is missing in 1 of 2 rows, first in row 2"),
    ])
    func aTimeThatIsNoneIsRefusedOnEitherSide(time: Value, message: String) throws {
        let good = Value.string("2026-03-01")
        let rows = try rows([(.integer(1), good), (.integer(1), time)])
        let history = try history([(.integer(1), good, .integer(1)), (.integer(1), time, .integer(2))])
        let onlyGood = try self.history([(.integer(1), good, .integer(1))])
        #expect(failure(rows, onlyGood)?.message.contains("'at' of the training rows \(message)") == true)
        #expect(failure(try self.rows([(.integer(1), good)]), history)?.message.contains(message) == true)
    }

    @Test func typesThatCannotBeComparedAreRefused() throws {
        let text = try rows([(.integer(1), .string("2026-03-01"))])
        let number = try rows([(.integer(1), .integer(5))])
        let history = try history([(.integer(1), .integer(1), .string("a"))])
        #expect(failure(text, history)?.kind == .wrongType)
        #expect(failure(try rows([(.string("1"), .integer(5))]), history)?.message.contains("'id' is string") == true)
        let aged = AsOfJoin(asOf: "at", key: "id", time: "since", ageMaxMilliseconds: 5)
        #expect(failure(number, history, join: aged)?.message.contains("unit is not known") == true)
        let flags = try rows([(.integer(1), .boolean(true))])
        #expect(failure(flags, history)?.message.contains("truth values") == true)
    }

    @Test func columnsThatAreNotThereAreNamed() throws {
        let rows = try rows([(.integer(1), .integer(5))])
        let history = try history([(.integer(1), .integer(1), .string("a"))])
        let joins = [
            AsOfJoin(asOf: "when", key: "id", time: "since"), AsOfJoin(asOf: "at", key: "who", time: "since"),
            AsOfJoin(asOf: "at", key: "id", time: "when"),
        ]
        for (join, name) in zip(joins, ["when", "who", "when"]) {
            let error = failure(rows, history, join: join)
            #expect(error?.kind == .missingColumn && error?.message.contains("'\(name)'") == true)
        }
    }

    @Test func noRowSeesTheFutureHoweverTheHistoryLies() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<60 {
            var steps: Set<[Int64]> = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                steps.insert([Int64.random(in: 0...3, using: &random), Int64.random(in: 0...20, using: &random)])
            }
            let shuffled = steps.shuffled(using: &random)
            let history = try Table(columns: [
                Column(name: "id", values: .integers(shuffled.map { $0[0] })),
                Column(name: "since", values: .integers(shuffled.map { $0[1] })),
                Column(name: "copy", values: .integers(shuffled.map { $0[1] })),
            ])
            let asked = (0..<30).map { _ in
                (Int64.random(in: 0...4, using: &random), Int64.random(in: -1...22, using: &random))
            }
            let joined = try join.joining(
                try rows(asked.map { (.integer($0.0), .integer($0.1)) }), with: history, named: "the steps")
            for (row, (id, at)) in asked.enumerated() {
                let expected = shuffled.filter { $0[0] == id && $0[1] <= at }.map { $0[1] }.max()
                #expect(joined["copy"]?[row] == expected.map { .integer($0) } ?? .missing)
            }
        }
    }
}
