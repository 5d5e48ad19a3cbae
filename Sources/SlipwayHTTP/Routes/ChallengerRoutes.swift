import Foundation
import Hummingbird
import SlipwayData
import SlipwayMonitoring
import SlipwayRegistry
import SlipwayServing

/// The route that tells how a challenger does.
struct ChallengerRoutes {
    let service: PredictionService

    func compare(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let (challenger, report) = try await service.comparison(of: served)
        var members = challenger.json
        members["calls"] = .object(calls(of: served, challenger))
        members["comparison"] = try JSONValue(parsing: Self.encoder.encode(report))
        return Response(.object(["model": .string(served.name), "challenger": .object(members)]))
    }

    /// What this server saw of both sides since the trial began here.
    private func calls(of served: ServedModel, _ challenger: ServedChallenger) -> JSONObject {
        guard let arms = challenger.trial?.arms else {
            let figures = service.metrics.calls.tally(of: challenger.model).total
            return [
                "shadow": .object([
                    "calls": .integer(Int64(figures.successes.count)),
                    "failures": .integer(Int64(figures.ownFailureCount)),
                    "dropped": .integer(Int64(figures.droppedCount)),
                ])
            ]
        }
        return ["champion": .object(arms.champion.json), "challenger": .object(arms.challenger.json)]
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}

extension ServedChallenger {
    /// What the registry says of the trial, and whether it goes on.
    var json: JSONObject {
        var members: JSONObject = [
            "version": .integer(Int64(deployed.version)), "mode": .string(deployed.mode.rawValue),
            "share": .number(deployed.share), "since": .string(deployed.since.description),
        ]
        members["key"] = deployed.key.map(JSONValue.string)
        guard deployed.mode == .canary else { return members }
        let guardrail = deployed.guardrail
        members["guard"] = .object([
            "error_rate": guardrail.errorRateMax.map(JSONValue.number) ?? .null,
            "latency_ratio": guardrail.latencyRatioMax.map(JSONValue.number) ?? .null,
            "accuracy_loss": guardrail.accuracyLossMax.map(JSONValue.number) ?? .null,
            "minimum_calls": .integer(Int64(guardrail.callCountMin)), "level": .number(guardrail.level),
        ])
        members["stopped"] = .boolean(isStopped)
        return members
    }
}

extension CanaryArm {
    fileprivate var json: JSONObject {
        [
            "calls": .integer(Int64(calls)), "failures": .integer(Int64(failures)),
            "p99_us": p99.map(JSONValue.number) ?? .null,
        ]
    }
}
