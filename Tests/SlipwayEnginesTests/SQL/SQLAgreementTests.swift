import Foundation
import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

/// The compiled queries in real databases against the native engine.
struct SQLAgreementTests {
    /// The most that an answer may differ, relative to the larger of itself and 1.
    private static let tolerance = 1e-6

    @Test(arguments: [SQLDialect.duckdb, .sqlite, .postgres].filter(SQLDatabase.isInstalled))
    func databaseAnswersAsTheNativeEngine(_ dialect: SQLDialect) throws {
        var queries: [(trial: SQLTrial, text: String)] = []
        var refused: [String] = []
        for trial in SQLTrial.committed {
            do {
                let text = try SQLCompiler(dialect).compile(
                    trial.graph, signature: trial.signature, from: "t", keys: ["id"])
                queries.append((trial, text))
            } catch {
                refused.append("  \(trial.name): \(error.message.prefix(150))")
            }
        }
        for attempt in SQLTrial.attempts {
            if case .failure(let error) = attempt.trial { refused.append("  \(attempt.name): no trial, \(error)") }
        }
        let started = ContinuousClock.now
        let answers = try SQLDatabase(dialect: dialect).answers(to: queries)
        var largest = (difference: 0.0, name: "none")
        for (trial, _) in queries {
            let answer = try #require(answers[trial.name])
            let difference = compare(answer, with: trial)
            if difference > largest.difference { largest = (difference, trial.name) }
        }
        print(
            "SQL for \(dialect.rawValue): \(queries.count) of \(SQLTrial.committed.count) fixture models compile, "
                + "\(queries.reduce(0) { $0 + $1.trial.rows.count }) rows, largest difference \(largest.difference) "
                + "(\(largest.name)), \(ContinuousClock.now - started) in the database. Not compiled:\n"
                + refused.joined(separator: "\n"))
        #expect(queries.count >= 110)
    }

    @Test func noModelIsLeftOutForAReasonOfTheTestsOwn() {
        for (name, trial) in SQLTrial.attempts {
            guard case .failure(let error) = trial else { continue }
            let isExpected = error is SQLTrial.Problem || (error as? ModelError)?.kind == .unsupportedModel
            #expect(isExpected, "\(name): \(error)")
        }
    }

    /// Compares all rows of one model and returns the largest difference.
    private func compare(_ answer: SQLDatabase.Answer, with trial: SQLTrial) -> Double {
        guard let rows = answer.rows, rows.count == trial.rows.count else {
            Issue.record("\(trial.name): \(answer.error ?? "other rows than given")")
            return 0
        }
        guard answer.columns == ["id"] + trial.columns,
            rows.allSatisfy({ $0.count == trial.columns.count + 1 }),
            trial.answers.allSatisfy({ $0.map(\.count) ?? trial.columns.count == trial.columns.count })
        else {
            Issue.record("\(trial.name): columns \(answer.columns ?? []) instead of \(trial.columns)")
            return 0
        }
        var largest = 0.0
        for (index, row) in rows.enumerated() {
            for (column, cell) in row.dropFirst().enumerated() {
                let expected = trial.answers[index].map { $0[column] } ?? .missing
                var difference = Self.difference(cell, expected)
                // SQL has no negative zero to divide by.
                if case .number(let number) = expected, number.isInfinite, cell.flatMap(Double.init) == -number,
                    trial.rows[index].contains(where: \.isNegativeZero)
                {
                    difference = 0
                }
                if difference > Self.tolerance {
                    Issue.record(
                        """
                        \(trial.name), \(trial.columns[column]): \(cell ?? "NULL") instead of \(expected) \
                        for \(trial.rows[index])
                        """
                    )
                    return difference
                }
                largest = max(largest, difference)
            }
        }
        return largest
    }

    private static func difference(_ cell: String?, _ expected: Value) -> Double {
        switch expected {
        case .missing: return cell == nil ? 0 : .infinity
        case .string(let text): return cell == text ? 0 : .infinity
        case .boolean(let truth):
            return [truth ? "true" : "false", truth ? "1" : "0"].contains(cell) ? 0 : .infinity
        case .integer(let whole): return cell.flatMap(Double.init) == Double(whole) ? 0 : .infinity
        case .number(let number):
            guard let cell, let found = Double(cell) else { return number.isNaN && cell == nil ? 0 : .infinity }
            if found == number || (found.isNaN && number.isNaN) { return 0 }
            let difference = abs(found - number) / max(1, abs(number))
            return difference.isNaN ? .infinity : difference
        }
    }
}

extension SQLTrial {
    /// The committed models that can be asked row by row.
    static let committed = attempts.compactMap { try? $0.trial.get() }

    /// Every committed model by name, as a trial over the rows of its case, or with why it is none.
    static let attempts: [(name: String, trial: Result<SQLTrial, any Error>)] = {
        let engines = (try? EngineFixture.all(in: fixtures.appending(path: "engines"))) ?? []
        return engines.map { fixture in (fixture.name, Result { try SQLTrial(fixture) }) }
            + ["good", "wide", "weak", "other", "pooled"].map { name in ("telco-\(name)", Result { try telco(name) }) }
    }()

    /// The folder of all fixtures.
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures").standardizedFileURL

    /// A model of the churn example over its customers.
    private static func telco(_ name: String) throws -> SQLTrial {
        let folder = fixtures.appending(path: "telco")
        let graph = try ONNXModel(bytes: Data(contentsOf: folder.appending(path: "\(name).onnx"))).graph()
        let table = try CSVReader.table(parsing: Array(Data(contentsOf: folder.appending(path: "rows.csv"))))
        var options = SignatureOptions(target: "churn", ignoredColumns: ["customer_id"])
        if graph.inputs.count == 1 { options.columns = ["tenure", "monthly_charges"] }
        let signature = try Signature(deriving: graph, examples: table, options: options)
        let rows = (0..<min(40, table.rowCount)).map { row in
            signature.inputs.map { field in
                let cell = table[field.name]?[row] ?? .missing
                return (try? field.converted(cell)) ?? cell
            }
        }
        return try SQLTrial(name: "telco-\(name)", graph: graph, rows: rows, signature: signature)
    }

    init(_ fixture: EngineFixture) throws {
        let graph = try fixture.graph()
        let signature = try Signature(deriving: graph)
        let rowCount = fixture.inputs.values.map(\.rowCount).min() ?? 0
        var rows: [[Value]] = []
        for row in 0..<rowCount {
            rows.append(
                signature.inputs.map { field in
                    fixture.inputs[field.slot.input].map { $0.cells(row: row)[field.slot.index] } ?? .missing
                })
        }
        try self.init(name: fixture.name, graph: graph, rows: rows, signature: signature)
    }
}

extension Value {
    fileprivate var isNegativeZero: Bool {
        if case .number(let number) = self { number == 0 && number.sign == .minus } else { false }
    }
}
