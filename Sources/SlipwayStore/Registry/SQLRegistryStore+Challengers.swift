import SlipwayData
public import SlipwayRegistry
import SlipwaySQL

extension SQLRegistryStore {
    /// Sets, replaces, or takes away a challenger, and writes the audit entry with it.
    public func apply(_ change: ChallengerChange) throws(RegistryError) -> Deployment {
        try wrapping {
            try database.write { connection in
                let current = try Self.deployment(of: change.model, in: change.environment, on: connection)
                try Self.refuseStale(change.expectedRevision, current, model: change.model, in: change.environment)
                guard var deployment = current else {
                    throw RegistryError(.notFound, "\(change.model) has no champion in \(change.environment)")
                }
                deployment.challenger = change.challenger
                deployment.revision += 1
                deployment.updatedAt = change.audit.time
                try Self.write(deployment, on: connection)
                try Self.removeChallenger(of: deployment, on: connection)
                if let challenger = change.challenger {
                    guard try Self.isRegistered(challenger.version, of: change.model, on: connection) else {
                        throw RegistryError(
                            .notFound, "there is no version \(challenger.version) of \(change.model)")
                    }
                    try Self.write(challenger, of: deployment, on: connection)
                }
                try Self.write(change.audit, on: connection)
                return deployment
            }
        }
    }

    static func removeChallenger(of deployment: Deployment, on connection: any SQLConnection) throws {
        try connection.execute(
            "delete from challengers where environment = $1 and model = $2",
            [.string(deployment.environment), .string(deployment.model)])
    }

    private static func write(
        _ challenger: Challenger, of deployment: Deployment, on connection: any SQLConnection
    ) throws {
        let guardrail = challenger.guardrail
        func number(_ number: Double?) -> Value { number.map(Value.number) ?? .missing }
        try connection.execute(
            """
            insert into challengers (environment, model, version, mode, share, key_field, error_rate_max,
                latency_ratio_max, accuracy_loss_max, call_count_min, error_level, since)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                .string(deployment.environment), .string(deployment.model), .integer(Int64(challenger.version)),
                .string(challenger.mode.rawValue), .number(challenger.share),
                challenger.key.map(Value.string) ?? .missing, number(guardrail.errorRateMax),
                number(guardrail.latencyRatioMax), number(guardrail.accuracyLossMax),
                .integer(Int64(guardrail.callCountMin)), .number(guardrail.level),
                .string(challenger.since.description),
            ])
    }
}
