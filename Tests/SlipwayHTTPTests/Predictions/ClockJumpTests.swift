import Foundation
import SlipwayData
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import Synchronization
import Testing

/// A clock that jumps while a server answers costs no answer, no id, and no record.
@Suite(.serialized) struct ClockJumpTests {
    @Test(.timeLimit(.minutes(10))) func everyAnswerIsLoggedOnceWhateverTheClockSays() async throws {
        let project = try await TestProject.ready()
        let jump = Mutex(Int64(0))
        let day: Int64 = 86_400_000
        try await TestServer.serving(
            project, now: { Timestamp(milliseconds: Timestamp.now().milliseconds + jump.withLock { $0 }) }
        ) { server in
            var ids: [String] = []
            for days in [0, 400, -400, 0, 1, -1, 36_500, 0] {
                jump.withLock { $0 = Int64(days) * day }
                for _ in 0..<5 {
                    let answer = try await server.send(
                        "POST", "/models/churn/predict", Rows.record.data(using: .utf8),
                        headers: ["X-Request-Timeout": "30"])
                    #expect(answer.status == 200, "\(days): \(answer.text)")
                    ids.append(try #require(answer["id"]?.asValue?.text))
                }
            }
            #expect(Set(ids).count == ids.count)
            let logged = try project.predictions(of: "churn").map { "\($0.id)" }
            #expect(logged.sorted() == ids.sorted())
            #expect(try await server.get("/health/ready").status == 200)
        }
    }
}
