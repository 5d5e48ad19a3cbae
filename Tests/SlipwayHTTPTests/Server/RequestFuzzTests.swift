import Foundation
import SlipwayData
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// However odd the body, the answer is a prediction or a refusal in its one shape, never a server error.
@Suite(.serialized) struct RequestFuzzTests {
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "NaN", "\"NaN\"", "Infinity", "-", "1e308", "1e-400", "0",
        "-0.0", "9223372036854775807", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"age\"",
        "\"shape\"", "\"data\"", "\"inputs\"", "\"outputs\"", "\"records\"", "\"customer_id\"", "{}", "[]", "[[[]]]",
        "\u{FEFF}", "\u{0}", "é", "-1", "99999999999", "\"BYTES\"", "\"BOOL\"", "\"UINT64\"", "1.5",
    ]

    private static func mutated(_ text: String, _ generator: inout SeededGenerator) -> Data {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let start = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, start + Int.random(in: 0...12, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: start)
            default:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                bytes.replaceSubrange(start..<end, with: Array(piece.utf8))
            }
        }
        return Data(bytes)
    }

    private static func values(_ generator: inout SeededGenerator) -> String {
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
    }

    @Test(.timeLimit(.minutes(10))) func damagedRecordsAreNeverAServerError() async throws {
        try await TestServer.ready { server, project in
            var generator = SeededGenerator(seed: 11)
            let seeds = [
                Rows.record, "[\(Rows.record),\(Rows.record)]", "{\"records\":[\(Rows.record)]}", #"{"customer_id":1}"#,
            ]
            var rowCount = 0
            for round in 0..<3_000 {
                let body = Self.mutated(seeds[round % seeds.count], &generator)
                let answer = try await server.send("POST", "/models/churn/predict", body)
                if answer.status == 200 {
                    if case .array(let list)? = answer["predictions"] { rowCount += list.count } else { rowCount += 1 }
                } else {
                    #expect((400..<500).contains(answer.status), "\(String(decoding: body, as: UTF8.self))")
                    #expect(answer.error != nil, "\(answer.text)")
                }
            }
            #expect(rowCount > 0)
            #expect(try project.predictions(of: "churn").count == rowCount)
        }
    }

    @Test(.timeLimit(.minutes(10))) func damagedBinaryTensorsAreNeverAServerError() async throws {
        try await TestServer.ready { server, _ in
            var generator = SeededGenerator(seed: 13)
            let head =
                #"{"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","parameters":{"binary_data_size":16}}],"#
                + #""parameters":{"binary_data_output":true}}"#
            let intact = Data(head.utf8) + Data(repeating: 0x3F, count: 16)
            let lengths = [head.utf8.count, 0, 1, intact.count, intact.count + 1, -1, Int.max]
            var answered = 0
            for round in 0..<1_500 {
                let isIntact = round == 0
                let damage = Self.mutated(String(decoding: intact, as: UTF8.self), &generator)
                let length =
                    round % 3 == 0 ? head.utf8.count : lengths[Int.random(in: 0..<lengths.count, using: &generator)]
                let answer = try await server.send(
                    "POST", "/v2/models/bare/infer", isIntact ? intact : damage, type: "application/octet-stream",
                    headers: ["Inference-Header-Content-Length": "\(length)"])
                if answer.status == 200 {
                    answered += 1
                } else {
                    #expect((400..<500).contains(answer.status), "\(answer)")
                }
            }
            #expect(answered > 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func damagedInferenceRequestsAreNeverAServerError() async throws {
        try await TestServer.ready { server, _ in
            var generator = SeededGenerator(seed: 12)
            let seeds = [
                #"{"id":"a","inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#,
                #"{"inputs":[{"name":"X","shape":[2,4],"datatype":"FP64","data":[[1,2,3,4],[5,6,7,8]]}]"#
                    + #","outputs":[{"name":"label"}]}"#,
            ]
            var answered = 0
            for round in 0..<3_000 {
                let body = Self.mutated(seeds[round % seeds.count], &generator)
                let answer = try await server.send("POST", "/v2/models/bare/infer", body)
                if answer.status == 200 {
                    answered += 1
                } else {
                    #expect((400..<500).contains(answer.status), "\(String(decoding: body, as: UTF8.self))")
                    #expect(answer.protocolError != nil, "\(answer.text)")
                }
            }
            #expect(answered > 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func damagedFeedbackIsNeverAServerError() async throws {
        try await TestServer.ready { server, _ in
            var generator = SeededGenerator(seed: 13)
            let seed = #"[{"customer_id":1,"actual":"Yes","time":"2026-03-01T09:30:00Z"}]"#
            for _ in 0..<1_000 {
                let body = Self.mutated(seed, &generator)
                let answer = try await server.send("POST", "/models/churn/feedback", body)
                #expect(answer.status == 200 || (400..<500).contains(answer.status) && answer.error != nil)
            }
        }
    }

    @Test func oddPathsAndQueriesAreNeverAServerError() async throws {
        try await TestServer.ready { server, _ in
            var generator = SeededGenerator(seed: 14)
            let characters = Array("/?&=%+;:@!$'()*,._-~abc019")
            for _ in 0..<500 {
                let path = String(
                    (0..<12).map { _ in characters[Int.random(in: 0..<characters.count, using: &generator)] })
                let text = try await RawConnection(port: server.port)
                    .exchange("GET /models/churn/predict\(path) HTTP/1.1")
                #expect(text.hasPrefix("HTTP/1.1 4"), "\(path): \(text)")
            }
        }
    }
}
