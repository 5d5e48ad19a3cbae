import SlipwayData
public import SlipwayRegistry
import SlipwaySQL

extension SQLRegistryStore {
    /// The deployment of a model in an environment, or `nil`.
    public func deployment(of model: String, in environment: String) throws(RegistryError) -> Deployment? {
        try wrapping { try database.read { try Self.deployment(of: model, in: environment, on: $0) } }
    }

    /// All deployments of an environment, sorted by model.
    public func deployments(in environment: String) throws(RegistryError) -> [Deployment] {
        try wrapping {
            try database.read { connection in
                let rows = try connection.query(
                    "select * from deployments where environment = $1", [.string(environment)])
                var challengers: [String: Challenger] = [:]
                let challenging = try connection.query(
                    "select * from challengers where environment = $1", [.string(environment)])
                for row in challenging { challengers[try row.text("model")] = try Challenger(row) }
                return try rows.map { row in
                    var deployment = try Deployment(row)
                    deployment.challenger = challengers[deployment.model]
                    return deployment
                }.sorted { $0.model < $1.model }
            }
        }
    }

    /// Changes a champion, takes any challenger away, and writes the audit entries with it.
    public func apply(_ change: DeploymentChange) throws(RegistryError) -> Deployment {
        try wrapping {
            try database.write { connection in
                let current = try Self.deployment(of: change.model, in: change.environment, on: connection)
                try Self.refuseStale(change.expectedRevision, current, model: change.model, in: change.environment)
                guard try Self.isRegistered(change.version, of: change.model, on: connection) else {
                    throw RegistryError(.notFound, "there is no version \(change.version) of \(change.model)")
                }
                let deployment = Deployment(
                    environment: change.environment, model: change.model, champion: change.version,
                    revision: change.expectedRevision + 1, updatedAt: change.audit.time)
                try Self.write(deployment, on: connection)
                try Self.write(change, revision: deployment.revision, on: connection)
                try Self.write(change.audit, on: connection)
                try Self.removeChallenger(of: deployment, on: connection)
                if let entry = change.challengerAudit { try Self.write(entry, on: connection) }
                return deployment
            }
        }
    }

    static func refuseStale(
        _ expected: Int, _ current: Deployment?, model: String, in environment: String
    ) throws(RegistryError) {
        guard (current?.revision ?? 0) == expected else {
            throw RegistryError(
                .conflict,
                "somebody else changed \(model) in \(environment) at the same time: its champion "
                    + "is \(model)@\(current?.champion ?? 0)",
                hint: "Look at it, then try again.")
        }
    }

    /// The champions that a model had in an environment, from every change that was applied.
    public func championHistory(
        of model: String, in environment: String
    ) throws(RegistryError) -> ChampionHistory {
        try wrapping {
            try database.read { connection in
                var history = ChampionHistory()
                let rows = try connection.query(
                    """
                    select kind, version from deployment_changes
                    where environment = $1 and model = $2 order by revision
                    """, [.string(environment), .string(model)])
                for row in rows {
                    guard let kind = DeploymentChange.Kind(rawValue: try row.text("kind")) else {
                        throw RegistryError(.storeFailed, "the registry holds a change of a newer Slipway")
                    }
                    history.add(kind, version: try row.integer("version"))
                }
                return history
            }
        }
    }

    static func isRegistered(
        _ version: Int, of model: String, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.queryFirst(
            "select number from versions where model = $1 and number = $2",
            [.string(model), .integer(Int64(version))]) != nil
    }

    static func deployment(
        of model: String, in environment: String, on connection: any SQLConnection
    ) throws -> Deployment? {
        let place: [Value] = [.string(environment), .string(model)]
        var deployment = try connection.queryFirst(
            "select * from deployments where environment = $1 and model = $2", place
        ).map(Deployment.init)
        deployment?.challenger = try connection.queryFirst(
            "select * from challengers where environment = $1 and model = $2", place
        ).map(Challenger.init)
        return deployment
    }

    static func write(_ deployment: Deployment, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into deployments (environment, model, champion, revision, updated_at) values ($1, $2, $3, $4, $5)
            on conflict (environment, model) do update
            set champion = excluded.champion, revision = excluded.revision, updated_at = excluded.updated_at
            """,
            [
                .string(deployment.environment), .string(deployment.model), .integer(Int64(deployment.champion)),
                .integer(Int64(deployment.revision)), .string(deployment.updatedAt.description),
            ])
    }

    private static func write(_ change: DeploymentChange, revision: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into deployment_changes (environment, model, revision, kind, version, previous, changed_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .string(change.environment), .string(change.model), .integer(Int64(revision)),
                .string(change.kind.rawValue), .integer(Int64(change.version)),
                change.previous.map { .integer(Int64($0)) } ?? .missing, .string(change.audit.time.description),
            ])
    }
}
