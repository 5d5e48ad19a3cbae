import Foundation
import SlipwayAccess
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// No secret comes out of the server, wherever it was put in.
@Suite(.serialized) struct SecrecyTests {
    @Test func noKeyShowsInLogsErrorsOrMetrics() async throws {
        let capture = LogCapture()
        let folder = try TemporaryFolder()
        // A file where the log's folder should be: every prediction fails inside, which is logged.
        let blocked = try folder.write("", to: "log")
        try await KeyedServer.with(logFolder: blocked, logger: capture.logger) { keyed in
            let secret = try await keyed.key(Scope(.admin))
            let text = secret.text
            var answers: [Answer] = [
                try await keyed.send("POST", "/models/churn/predict", secret, body: Rows.record),
                try await keyed.send("GET", "/models/\(text)", secret),
                try await keyed.send("POST", "/models/\(text)/predict", secret, body: Rows.record),
                try await keyed.send("GET", "/\(text)?key=\(text)", secret),
                try await keyed.send("GET", "/models/churn/predict?\(text)=1", secret),
                try await keyed.send("GET", "/models/churn/predict?customer_id=\(text)", secret),
                try await keyed.send("POST", "/models/churn/predict", secret, body: "{\"\(text)\":1}"),
                try await keyed.send("POST", "/models/churn/predict", secret, body: "{\"age\":\"\(text)\"}"),
                try await keyed.send("POST", "/v2/models/bare/infer", secret, body: "{\"inputs\":\"\(text)\"}"),
                try await keyed.send("POST", "/models/churn/predict", secret, body: "[\(text)"),
                try await keyed.send("GET", "/v2/models/bare/versions/\(text)", secret),
            ]
            for value in ["Bearer \(text)x", "Basic \(text)", "Bearer \(text.dropLast())", text] {
                answers.append(try await keyed.server.send("GET", "/models", headers: ["Authorization": value]))
            }
            for answer in answers {
                #expect(answer.status >= 400)
                #expect(!answer.text.contains(text.suffix(40)), "\(answer.text)")
                for (_, value) in answer.headers { #expect(!value.contains(text.suffix(40))) }
            }
            #expect(answers[0].error?.code == "log_unavailable")
            let metrics = try await keyed.send("GET", "/metrics", secret).text
            #expect(metrics.contains("slipway_requests_total") && !metrics.contains(text.suffix(40)))
            #expect(!capture.text.contains(text.suffix(40)))
            #expect(capture.text.contains("\"caller\": key \(secret.id)"), "\(capture.text)")
        }
    }
}
