import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct FeedbackParserTests {
    private static let id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    private static let task = Signature.Task(kind: .other, target: "churn")
    private let received = SampleRecords.start

    private func parse(_ text: String) throws -> [FeedbackRecord] {
        try FeedbackParser.records(
            of: JSONValue(parsing: text), key: "customer_id", task: Self.task, received: received)
    }

    private func parse(csv: String) throws -> [FeedbackRecord] {
        let temporary = try TemporaryFolder()
        let table = try CSVReader.table(contentsOf: temporary.write(csv, to: "labels.csv"))
        return try FeedbackParser.records(of: table, key: "customer_id", task: Self.task, received: received)
    }

    private func problem(_ body: () throws -> [FeedbackRecord]) throws -> LogError {
        try #require(#expect(throws: LogError.self) { _ = try body() })
    }

    @Test func anObjectNamesAPredictionOrAnEntity() throws {
        let id = try #require(PredictionID(Self.id))
        #expect(
            try parse("{\"id\":\"\(Self.id)\",\"actual\":\"Yes\"}")
                == [FeedbackRecord(subject: .prediction(id), actual: .string("Yes"), time: received)])
        #expect(
            try parse(#"{"customer_id":1234,"churn":1,"time":"2026-02-01T00:00:00Z"}"#)
                == [
                    FeedbackRecord(
                        subject: .key("1234"), actual: .integer(1), time: received,
                        observed: Timestamp("2026-02-01T00:00:00Z"))
                ])
        #expect(try parse(#"{"key":"a","actual":false,"time":null}"#).first?.subject == .key("a"))
    }

    @Test func aListAndRecordsAreRead() throws {
        #expect(try parse(#"[{"key":"a","actual":0.5},{"key":"b","actual":1}]"#).count == 2)
        #expect(try parse(#"{"records":[{"key":"a","actual":0.5}]}"#).count == 1)
        #expect(try parse("[]").isEmpty)
    }

    @Test func whatStandsBesideTheIDIsReadAsStrictly() throws {
        let long = String(repeating: "k", count: FeedbackParser.keyByteCountMax + 1)
        for value in ["\"\(long)\"", "[1]", "{}"] {
            let problem = try problem { try parse("{\"key\":\(value),\"id\":\"\(Self.id)\",\"actual\":1}") }
            #expect(problem.field == "key")
        }
        #expect(try parse("{\"key\":null,\"id\":\"\(Self.id)\",\"actual\":1}").count == 1)
    }

    @Test func theIDWinsOverTheKey() throws {
        let record = try parse("{\"customer_id\":7,\"id\":\"\(Self.id)\",\"actual\":1}")
        #expect(try record.first?.subject == .prediction(#require(PredictionID(Self.id))))
    }

    @Test(
        arguments: [
            (#"[{"key":"a","actual":1},{"key":"b"}]"#, "record 2", "actual"),
            (#"[{"actual":1}]"#, "record 1", "id"),
            (#"{"id":"nonsense","actual":1}"#, "the feedback", "id"),
            (#"{"key":"a","actual":[1]}"#, "the feedback", "actual"),
            (#"{"key":"a","actual":null}"#, "the feedback", "actual"),
            (#"{"key":"a","actual":""}"#, "the feedback", "actual"),
            (#"{"key":"a","actual":1,"churn":0}"#, "the feedback", "churn"),
            (#"{"key":"a","actual":1,"time":"yesterday"}"#, "the feedback", "time"),
            (#"{"key":"a","actual":1,"time":{}}"#, "the feedback", "time"),
            (#"[{"key":"a","actual":1,"actuall":2}]"#, "record 1", "actuall"),
        ])
    func aWrongFieldIsNamedWithItsRecord(_ text: String, _ place: String, _ field: String) throws {
        let error = try problem { try parse(text) }
        #expect(error.kind == .malformed)
        #expect(error.field == field)
        #expect(error.message.contains(place))
        #expect(error.message.contains("'\(field)'"))
    }

    @Test(arguments: ["1", "null", "\"x\"", "[1]", "[[]]", "{}"])
    func otherDocumentsAreRefused(_ text: String) throws {
        #expect(try problem { try parse(text) }.kind == .malformed)
    }

    private static let numbered = Signature.Task(kind: .binary, classes: ["0", "1"])
    private static let worded = Signature.Task(kind: .binary, classes: ["No", "Yes"])
    private static let regression = Signature.Task(kind: .regression)

    @Test(arguments: [
        (numbered, ["0", "1", "1.0", #""0""#, "true", "false"]), (worded, [#""No""#, #""Yes""#]),
        (regression, ["0", "-2.5"]), (Signature.Task(kind: .multiclass), [#""any""#]),
    ])
    func anOutcomeThatTheModelCanPredictIsTaken(task: Signature.Task, actual: [String]) throws {
        for actual in actual {
            let document = try JSONValue(parsing: #"{"key":"a","actual":\#(actual)}"#)
            #expect(try FeedbackParser.records(of: document, task: task).count == 1)
        }
    }

    @Test(
        arguments: [
            (numbered, "2", "classes 0, 1", nil), (numbered, #""yes""#, "classes 0, 1", nil),
            (worded, #""yes""#, "classes No, Yes", "Did you mean 'Yes'?"), (worded, "true", "classes No, Yes", nil),
            (worded, "1", "classes No, Yes", nil), (regression, #""3.5""#, "predicts a number", nil),
            (regression, "true", "predicts a number", nil),
        ] as [(Signature.Task, String, String, String?)])
    func anotherOutcomeIsRefusedWithTheClasses(
        task: Signature.Task, actual: String, words: String, hint: String?
    ) throws {
        let document = try JSONValue(parsing: #"[{"key":"a","actual":\#(actual)}]"#)
        let error = try problem { try FeedbackParser.records(of: document, task: task) }
        #expect(error.kind == .signatureMismatch)
        #expect(error.field == "actual")
        #expect(error.message.contains("record 1") && error.message.contains(words))
        if let hint { #expect(error.hint == hint) }
    }

    @Test func anOutcomeInATableIsCheckedAsWell() throws {
        let table = try Table(columns: [
            Column(name: "key", values: .strings(["a", "b"])), Column(name: "actual", values: .strings(["No", "yes"])),
        ])
        let error = try problem { try FeedbackParser.records(of: table, task: Self.worded) }
        #expect(error.kind == .signatureMismatch)
        #expect(error.message.contains("line 3"))
    }

    @Test func aTableMayNameThePredictionOrTheKey() throws {
        let byID = try parse(csv: "id,actual\n\(Self.id),Yes\n")
        #expect(try byID.first?.subject == .prediction(#require(PredictionID(Self.id))))
        let byKey = try parse(csv: "note,churn,customer_id\nx,No,1001\ny,Yes,1002\n")
        #expect(byKey.map(\.subject) == [.key("1001"), .key("1002")])
        #expect(byKey.map(\.actual) == [.string("No"), .string("Yes")])
    }

    @Test(
        arguments: [
            ("id,churn\n017f22e2-79b0-7cc3-98c4-dc0c0c07398f,Yes\noops,No\n", "line 3", "id"),
            ("customer_id,churn\n1,Yes\n2,\n", "line 3", "churn"),
            ("customer_id,churn\n1,Yes\n,No\n", "line 3", "id"),
            ("customer_id,churn,time\n1,Yes,monday\n", "line 2", "time"),
        ])
    func aWrongCellIsNamedWithItsLine(_ text: String, _ place: String, _ field: String) throws {
        let error = try problem { try parse(csv: text) }
        #expect(error.message.contains(place))
        #expect(error.field == field)
    }

    @Test func aMissingColumnIsNamedWithThoseThatAreThere() throws {
        let error = try problem { try parse(csv: "customer,churn\n1,Yes\n") }
        #expect(error.message.contains("'customer_id'"))
        #expect(error.message.contains("customer, churn"))
        #expect(try problem { try parse(csv: "customer_id,label\n1,Yes\n") }.message.contains("'churn'"))
    }

    @Test func aKeyColumnNamedIDHoldsKeys() throws {
        let table = try Table(columns: [
            Column(name: "id", values: .integers([7])), Column(name: "actual", values: .integers([1])),
        ])
        #expect(try FeedbackParser.records(of: table, key: "id").first?.subject == .key("7"))
    }

    @Test func mutatedFeedbackIsReadOrRefused() throws {
        let byID = "{\"id\":\"\(Self.id)\",\"actual\":\"Yes\"}"
        let byKey = #"{"customer_id":12,"churn":1.5,"time":"2026-02-01T00:00:00Z"}"#
        let valid = Array("[\(byID),\(byKey)]".utf8)
        var generator = SeededGenerator(seed: 11)
        var readCount = 0
        for _ in 0..<10_000 {
            guard let document = try? JSONValue(parsing: generator.mutating(valid)) else { continue }
            do throws(LogError) {
                let records = try FeedbackParser.records(of: document, key: "customer_id", task: Self.task)
                readCount += records.isEmpty ? 0 : 1
            } catch {
                #expect(error.kind == .malformed)
            }
        }
        #expect(readCount > 100)
    }
}
