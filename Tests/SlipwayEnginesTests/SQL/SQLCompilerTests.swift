import Foundation
import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayEngines

/// The text of queries: golden ones, names and texts that need care, refusals and limits.
///
/// `SLIPWAY_UPDATE_GOLDEN=1 dev/test --filter SQLCompilerTests` writes the golden texts anew.
struct SQLCompilerTests {
    private static let goldenModels = ["ridge", "logistic-binary-labels", "columns-logistic", "tree-classifier-labels"]

    @Test(arguments: goldenModels, SQLDialect.allCases)
    func queryIsTheOneCheckedIn(_ model: String, _ dialect: SQLDialect) throws {
        let trial = try #require(SQLTrial.committed.first { $0.name == model })
        let text = try SQLCompiler(dialect).compile(
            trial.graph, signature: trial.signature, from: "sales.customers", keys: ["customer_id"],
            notes: ["\(model), for \(dialect.title)."])
        let file = SQLTrial.fixtures.appending(path: "sql/\(model).\(dialect.rawValue).sql")
        if ProcessInfo.processInfo.environment["SLIPWAY_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    @Test func namesAndTextsAreQuotedForEachDialect() throws {
        #expect(SQLDialect.postgres.quoted("a\"b") == "\"a\"\"b\"")
        #expect(SQLDialect.spark.quoted("a`b") == "`a``b`")
        #expect(SQLDialect.duckdb.literal("it's \\") == "'it''s \\'")
        #expect(SQLDialect.spark.literal("it's \\") == "'it\\'s \\\\'")
        // Databases go by code points: the accent does not hide the mark below it.
        #expect(Array(SQLDialect.spark.literal("'\u{301}").utf8) == Array("'\\'\u{301}'".utf8))
        #expect(Array(SQLDialect.postgres.literal("'\u{301}").utf8) == Array("'''\u{301}'".utf8))
    }

    @Test func sqliteReadsThresholdsWithAllTheirDigits() {
        #expect(SQLDialect.sqlite.threshold(0.625) == "0.625")
        #expect(SQLDialect.sqlite.threshold(-0.1) == "(-0.100000000000000006)")
        #expect(SQLDialect.sqlite.threshold(3) == "3.0")
        #expect(SQLDialect.duckdb.threshold(0.1) == "0.1e0")
    }

    /// The names of two fields, and for which databases they are one column.
    @Test(
        arguments: [
            ("abc", "Abc", [.duckdb, .sqlite, .spark]), ("É", "é", [.spark]), ("a", "b", []),
            (String(repeating: "x", count: 63) + "1", String(repeating: "x", count: 63) + "2", [.postgres]),
            (String(repeating: "é", count: 31) + "1", String(repeating: "é", count: 31) + "2", []),
        ] as [(String, String, Set<SQLDialect>)])
    func fieldsThatAreOneColumnToTheDatabaseAreRefused(_ first: String, _ second: String, _ ones: Set<SQLDialect>)
        throws
    {
        let type = ValueType.tensor(.float32, shape: [nil, 1])
        var graph = Self.graph([Node(name: "sum", operatorName: "Add", inputs: [first, second], outputs: ["y"])])
        graph.inputs = [GraphValue(name: first, type: type), GraphValue(name: second, type: type)]
        let signature = try Signature(deriving: graph)
        for dialect in SQLDialect.allCases {
            let text = try? SQLCompiler(dialect).compile(graph, signature: signature, from: "t")
            #expect((text == nil) == ones.contains(dialect), "\(dialect)")
        }
    }

    @Test(arguments: [["id", "id"], ["y_0"], ["id", "Y_1"]])
    func noTwoColumnsOfTheAnswerHaveOneName(_ keys: [String]) throws {
        let graph = Self.graph([Node(name: "n", operatorName: "Neg", inputs: ["x"], outputs: ["y"])])
        let error = #expect(throws: ModelError.self) {
            try SQLCompiler(.sqlite).compile(graph, signature: Signature(deriving: graph), from: "t", keys: keys)
        }
        #expect(error?.message.contains("two columns of the answer") == true)
    }

    @Test func operatorWithoutCounterpartIsNamed() throws {
        let graph = Self.graph([
            Node(name: "first", operatorName: "Erf", inputs: ["x"], outputs: ["y"])
        ])
        let error = #expect(throws: ModelError.self) {
            try SQLCompiler(.duckdb).compile(graph, signature: Signature(deriving: graph), from: "t")
        }
        #expect(error?.kind == .unsupportedModel)
        #expect(error?.message.contains("'first' (Erf)") == true)
    }

    @Test func rowsThatAreBroughtTogetherAreRefused() throws {
        let graph = Self.graph([
            Node(
                name: "total", operatorName: "ReduceSum", inputs: ["x"], outputs: ["s"],
                attributes: ["axes": .integers([0])]),
            Node(name: "rest", operatorName: "Sub", inputs: ["x", "s"], outputs: ["y"]),
        ])
        let error = #expect(throws: ModelError.self) {
            try SQLCompiler(.duckdb).compile(graph, signature: Signature(deriving: graph), from: "t")
        }
        #expect(error?.message.contains("several rows together") == true)
    }

    @Test func answersThatDependOnTheNumberOfRowsAreRefused() throws {
        let graph = Self.graph([
            Node(name: "shape", operatorName: "Shape", inputs: ["x"], outputs: ["s"]),
            Node(
                name: "cast", operatorName: "Cast", inputs: ["s"], outputs: ["f"], attributes: ["to": .integer(1)]),
            Node(name: "product", operatorName: "Mul", inputs: ["x", "f"], outputs: ["y"]),
        ])
        let error = #expect(throws: ModelError.self) {
            try SQLCompiler(.duckdb).compile(graph, signature: Signature(deriving: graph), from: "t")
        }
        #expect(error?.message.contains("number of rows") == true)
    }

    @Test func expressionsThatShareDoNotDoubleTheText() throws {
        // Each node reads the one before twice; written out, the text would have 2⁴⁰ copies of the field.
        var nodes: [Node] = []
        for index in 0..<40 {
            nodes.append(
                Node(
                    name: "n\(index)", operatorName: "Mul", inputs: ["v\(index)", "v\(index)"], outputs: ["s\(index)"]))
            nodes.append(
                Node(
                    name: "m\(index)", operatorName: "Add", inputs: ["s\(index)", "v\(index)"],
                    outputs: [index == 39 ? "y" : "v\(index + 1)"]))
        }
        nodes.insert(Node(name: "start", operatorName: "Identity", inputs: ["x"], outputs: ["v0"]), at: 0)
        let graph = Self.graph(nodes)
        for dialect in SQLDialect.allCases {
            let text = try SQLCompiler(dialect).compile(graph, signature: Signature(deriving: graph), from: "t")
            #expect(text.utf8.count < 40_000, "\(dialect)")
        }
    }

    @Test func stepOfTooManyColumnsIsRefusedWithItsSize() throws {
        let graph = Self.graph(
            [Node(name: "copy", operatorName: "Exp", inputs: ["x"], outputs: ["y"])], width: 2_000)
        let error = #expect(throws: ModelError.self) {
            try SQLCompiler(.sqlite).compile(graph, signature: Signature(deriving: graph), from: "t")
        }
        #expect(error?.kind == .limitExceeded)
        #expect(error?.message.contains(" columns, and sqlite") == true)
        #expect(throws: Never.self) {
            try SQLCompiler(.duckdb).compile(graph, signature: Signature(deriving: graph), from: "t")
        }
    }

    private static func graph(_ nodes: [Node], width: Int = 2) -> Graph {
        Graph(
            name: "test",
            inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, width]))],
            outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [nil, width]))],
            nodes: nodes, initializers: [:], opsets: ["": 13])
    }
}
