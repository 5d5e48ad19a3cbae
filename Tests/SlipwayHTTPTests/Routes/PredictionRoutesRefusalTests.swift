import Foundation
import SlipwayData
import SlipwayServingTesting
import Testing

/// What the prediction routes refuse: always with the one shape of errors, and with the field where one is at fault.
@Suite(.serialized) struct PredictionRoutesRefusalTests {
    struct Refusal: Sendable, CustomStringConvertible {
        var description: String
        var body: String
        var status: Int
        var code: String
        var field: String?
    }

    private static func changed(_ old: String, _ new: String) -> String { Rows.record.replacing(old, with: new) }

    static let refusals = [
        Refusal(description: "empty body", body: "", status: 400, code: "malformed"),
        Refusal(description: "blank body", body: " \n", status: 400, code: "malformed"),
        Refusal(description: "half a record", body: "{\"age\":", status: 400, code: "malformed"),
        Refusal(description: "bare NaN", body: changed("64.49103", "NaN"), status: 400, code: "malformed"),
        Refusal(description: "bare Infinity", body: changed("64.49103", "Infinity"), status: 400, code: "malformed"),
        Refusal(description: "overflow", body: changed("64.49103", "1e999"), status: 400, code: "malformed"),
        Refusal(description: "a number", body: "12", status: 400, code: "malformed"),
        Refusal(description: "a list of numbers", body: "[1,2]", status: 400, code: "malformed"),
        Refusal(description: "no records", body: "[]", status: 400, code: "malformed"),
        Refusal(description: "empty records", body: #"{"records":[]}"#, status: 400, code: "malformed"),
        Refusal(description: "a field twice", body: changed("}", ",\"age\":3}"), status: 400, code: "malformed"),
        Refusal(
            description: "10,000 levels", body: String(repeating: "[", count: 10_000), status: 413, code: "too_large"),
        Refusal(
            description: "text Infinity", body: changed("64.49103", "\"Infinity\""), status: 422,
            code: "signature_mismatch", field: "age"),
        Refusal(
            description: "wrong type", body: changed("64.49103", "\"old\""), status: 422, code: "signature_mismatch",
            field: "age"),
        Refusal(
            description: "a nested value", body: changed("64.49103", "[1]"), status: 422, code: "signature_mismatch",
            field: "age"),
        Refusal(
            description: "out of range", body: changed("64.49103", "1000"), status: 422, code: "signature_mismatch",
            field: "age"),
        Refusal(
            description: "unknown category", body: changed("month", "decade"), status: 422,
            code: "signature_mismatch", field: "contract"),
        Refusal(
            description: "a number for a text", body: changed("\"month\"", "7"), status: 422,
            code: "signature_mismatch", field: "contract"),
        Refusal(
            description: "null where a value is required", body: changed("7.5492744", "null"), status: 422,
            code: "signature_mismatch", field: "income"),
        Refusal(
            description: "missing field", body: #"{"age":30,"income":20,"contract":"month"}"#, status: 422,
            code: "signature_mismatch", field: "region"),
        Refusal(
            description: "extra field", body: changed("}", ",\"incme\":3}"), status: 422, code: "signature_mismatch",
            field: "incme"),
        Refusal(
            description: "a key that is no scalar", body: changed("}", ",\"customer_id\":[1]}"), status: 422,
            code: "signature_mismatch", field: "customer_id"),
        Refusal(
            description: "records that are null", body: #"{"records":null}"#, status: 400, code: "malformed",
            field: "records"),
        Refusal(
            description: "records and a field", body: #"{"records":[],"age":1}"#, status: 400, code: "malformed",
            field: "age"),
        Refusal(
            description: "a null key", body: #"{"customer_id":null}"#, status: 422, code: "signature_mismatch",
            field: "customer_id"),
        Refusal(
            description: "unknown key", body: #"{"customer_id":3}"#, status: 404, code: "unknown_key",
            field: "customer_id"),
    ]

    @Test func whatDoesNotFitIsRefusedByNameOfTheField() async throws {
        try await TestServer.ready { server, project in
            for refusal in Self.refusals {
                let answer = try await server.post("/models/churn/predict", refusal.body)
                #expect(answer.status == refusal.status, "\(refusal): \(answer.text)")
                let error = try #require(answer.error, "\(refusal): \(answer.text)")
                #expect(error.code == refusal.code, "\(refusal)")
                #expect(error.field == refusal.field, "\(refusal): \(answer.text)")
                #expect(!error.message.isEmpty && error.message.utf8.count < 500)
            }
            #expect(try project.predictions(of: "churn").isEmpty)
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
        }
    }

    @Test func aMisspeltFieldBringsTheRightOneToMind() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.post(
                "/models/churn/predict", Rows.record.replacing("}", with: ",\"incme\":3}"))
            #expect(answer.error?.hint == "Did you mean 'income'?")
        }
    }

    @Test func invalidUTF8IsRefused() async throws {
        try await TestServer.ready { server, _ in
            let body = Data(#"{"age":30,"contract":""#.utf8) + [0xC3, 0x28, 0xFF] + Data(#""}"#.utf8)
            let answer = try await server.send("POST", "/models/churn/predict", body)
            #expect(answer.status == 400)
            #expect(answer.error?.code == "malformed")
        }
    }

    @Test func aNameOfAMegabyteIsNotRepeatedInTheAnswer() async throws {
        try await TestServer.ready { server, _ in
            let name = String(repeating: "x", count: 1 << 20)
            for body in [
                Rows.record.replacing("}", with: ",\"\(name)\":3}"), Rows.record.replacing("month", with: name),
            ] {
                let answer = try await server.post("/models/churn/predict", body)
                #expect(answer.status == 422)
                #expect(answer.body.count < 2_000)
            }
        }
    }

    @Test func aBodyOverTheLimitIsRefusedWithAndWithoutItsLength() async throws {
        try await TestServer.ready { server, _ in
            let body = Data(repeating: UInt8(ascii: " "), count: 11 << 20)
            let answer = try await server.send("POST", "/models/churn/predict", body)
            #expect(answer.status == 413)
            #expect(answer.error?.code == "too_large")

            let connection = try RawConnection(port: server.port)
            try await connection.send(
                "POST /models/churn/predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = [UInt8]("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + [UInt8]("\r\n".utf8)
            for _ in 0..<11 { try await connection.send(chunk) }
            try await connection.send("0\r\n\r\n")
            let text = try await connection.receive { $0.contains("too_large") }
            #expect(text.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func anUnknownModelBringsTheRightOneToMind() async throws {
        try await TestServer.ready { server, _ in
            for answer in [
                try await server.post("/models/chur/predict", Rows.record), try await server.get("/models/chur"),
                try await server.get("/models/chur/predict?customer_id=1"),
                try await server.post("/models/chur/feedback", "{}"),
            ] {
                #expect(answer.status == 404)
                #expect(answer.error?.code == "unknown_model")
                #expect(answer.error?.hint == "Did you mean 'churn'?")
            }
        }
    }

    @Test func aWrongMethodIsAnsweredWithTheRightOnes() async throws {
        try await TestServer.ready { server, _ in
            let predict = try await server.send("DELETE", "/models/churn/predict")
            #expect(predict.status == 405)
            #expect(predict.error?.code == "method_not_allowed")
            #expect(predict.header("Allow") == "GET, HEAD, POST")
            #expect(try await server.get("/models/churn/feedback").header("Allow") == "POST")
            #expect(try await server.send("OPTIONS", "/metrics").header("Allow") == "GET, HEAD")
        }
    }

    @Test func aPathThatIsNoRouteIsNamed() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.get("/model/churn")
            #expect(answer.status == 404)
            #expect(answer.error?.code == "unknown_route")
            #expect(answer.error?.message == "there is no route /model/churn")
        }
    }

    @Test(arguments: ["text/csv", "application/x-www-form-urlencoded", "application/octet-stream", "json", ""])
    func anotherMediaTypeIsRefused(type: String) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.post("/models/churn/predict", Rows.record, type: type)
            #expect(answer.status == 415)
            #expect(answer.error?.code == "unsupported_media_type")
        }
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=UTF-8", "application/vnd.shop+json"])
    func jsonByAnyOfItsNamesIsRead(type: String) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.post("/models/churn/predict", Rows.record, type: type)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [
        ("", "malformed", "does not give 'customer_id'"), ("?", "malformed", "does not give 'customer_id'"),
        ("?customer_id=1&customer_id=2", "malformed", "'customer_id' is given 2 times"),
        ("?customer=1", "malformed", "no parameter 'customer'"),
        ("?customer_id=1&verbose=1", "malformed", "no parameter 'verbose'"),
        ("?customer_id=", "malformed", "'customer_id' is empty"), ("?customer_id", "malformed", "is empty"),
        ("?customer_id=3", "unknown_key", "customer_id 3"), ("?customer_id=%00", "unknown_key", "customer_id"),
        ("?customer_id=x+y", "unknown_key", "customer_id x y in"),
        ("?customer_id=x%2By", "unknown_key", "customer_id x+y in"),
    ])
    func aQueryThatNamesNoStoredCustomerIsRefused(query: String, code: String, words: String) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.get("/models/churn/predict\(query)")
            #expect(answer.error?.code == code, "\(answer.text)")
            #expect(answer.error?.message.contains(words) == true, "\(answer.text)")
            #expect((400..<500).contains(answer.status))
        }
    }

    @Test func aModelMayBeNamedWithEscapes() async throws {
        try await TestServer.ready { server, _ in
            let text = try await RawConnection(port: server.port).exchange("GET /models/%63hurn HTTP/1.1")
            #expect(text.hasPrefix("HTTP/1.1 200"))
            let ready = try await RawConnection(port: server.port).exchange("GET /v2/models/%63hurn/ready HTTP/1.1")
            #expect(ready.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aModelWithoutAViewSaysThatItCannotLookUp() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.get("/models/bare/predict?customer_id=1")
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "POST")
            #expect(answer.error?.message.contains("no feature view") == true)
            #expect(try await server.get("/models/bare/predict").error?.message.contains("no feature view") == true)
        }
    }
}
