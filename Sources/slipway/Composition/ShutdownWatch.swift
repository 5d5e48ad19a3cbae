import Foundation
import Logging
import ServiceLifecycle
import SlipwayServing
import UnixSignals

/// Ends the process at once when it is asked to end a second time, or when requests under way take too long.
///
/// It must be the first one of a group's services, which are stopped in reverse order. What was answered was logged
/// before, so nothing of it is lost.
struct ShutdownWatch: Service {
    /// Signals so close together are one: `timeout`, and a terminal with a shell between, send theirs twice at once.
    static let sameRequestMax = Duration.milliseconds(500)

    let gate: LoadGate
    let limits: ServingLimits
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                var askedAt: ContinuousClock.Instant?
                for await signal in signals {
                    if let askedAt {
                        guard askedAt.duration(to: .now) > Self.sameRequestMax else { continue }
                        end("asked to end again", code: signal == .sigint ? 130 : 143)
                    }
                    askedAt = .now
                    group.addTask {
                        try? await Task.sleep(for: limits.noticeTime + limits.drainTime)
                        if !Task.isCancelled { end("the time for requests under way is over", code: 1) }
                    }
                }
                group.cancelAll()
            }
        }
    }

    private func end(_ reason: String, code: Int32) -> Never {
        logger.warning("ending at once: \(reason)", metadata: ["under_way": "\(gate.requestCount)"])
        _exit(code)
    }
}
