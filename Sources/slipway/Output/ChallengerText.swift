import SlipwayData
import SlipwayRegistry

/// How commands show a deployment with its challenger to programs.
enum ChallengerText {
    /// The deployment as JSON members.
    static func json(of deployment: Deployment) -> JSONObject {
        [
            "model": .string(deployment.model), "environment": .string(deployment.environment),
            "champion": .integer(Int64(deployment.champion)),
            "challenger": deployment.challenger.map { .object(json(of: $0)) } ?? .null,
        ]
    }

    private static func json(of challenger: Challenger) -> JSONObject {
        [
            "version": .integer(Int64(challenger.version)), "mode": .string(challenger.mode.rawValue),
            "share": .number(challenger.share), "key": challenger.key.map(JSONValue.string) ?? .null,
            "since": .string(challenger.since.description),
        ]
    }
}
