public import SlipwayData
public import SlipwayRegistry
public import SlipwaySQL

/// The registry in a SQL store.
///
/// Version numbers and audit numbers are counted inside the write transaction, whose lock is taken at its start, so
/// they are dense however many processes write.
public struct SQLRegistryStore: RegistryStore {
    let database: any SQLDatabase

    /// Opens the registry, bringing its tables up to date.
    ///
    /// - Throws: ``RegistryError`` of kind `storeFailed`.
    public init(_ database: any SQLDatabase) throws(RegistryError) {
        self.database = database
        try wrapping { try database.migrate(RegistryMigrations.all, component: "registry") }
    }

    /// Registers a package as the next version, or returns the version that has this digest already.
    public func register(
        model: String, digest: SHA256Digest, audit: AuditEntry
    ) throws(RegistryError) -> (version: ModelVersion, isNew: Bool) {
        try wrapping {
            try database.write { connection in
                let time = audit.time.description
                try connection.execute(
                    "insert into models (name, created_at) values ($1, $2) on conflict (name) do nothing",
                    [.string(model), .string(time)])
                if let row = try connection.queryFirst(
                    "select * from versions where model = $1 and digest = $2", [.string(model), .string(digest.hex)])
                {
                    return (try ModelVersion(row), false)
                }
                let last = try connection.queryFirst(
                    "select coalesce(max(number), 0) as last from versions where model = $1", [.string(model)])
                let number = try (last?.integer("last") ?? 0) + 1
                try connection.execute(
                    """
                    insert into versions (model, number, digest, created_at, created_by) values ($1, $2, $3, $4, $5)
                    """,
                    [
                        .string(model), .integer(Int64(number)), .string(digest.hex), .string(time),
                        .string(audit.actor),
                    ])
                var numbered = audit
                numbered.version = number
                try Self.write(numbered, on: connection)
                let version = ModelVersion(
                    model: model, number: number, digest: digest, createdAt: audit.time, createdBy: audit.actor)
                return (version, true)
            }
        }
    }

    /// The names of all models, sorted.
    public func models() throws(RegistryError) -> [String] {
        try wrapping {
            try database.read { try $0.query("select name from models").map { try $0.text("name") }.sorted() }
        }
    }

    /// The versions of a model, oldest first.
    public func versions(of model: String) throws(RegistryError) -> [ModelVersion] {
        try wrapping {
            try database.read {
                try $0.query("select * from versions where model = $1 order by number", [.string(model)])
                    .map(ModelVersion.init)
            }
        }
    }

    func wrapping<T>(_ body: () throws -> T) throws(RegistryError) -> T {
        do {
            return try body()
        } catch let error as RegistryError {
            throw error
        } catch let error as any DescribedError {
            throw RegistryError(.storeFailed, "the registry cannot be used: \(error.message)", hint: error.hint)
        } catch {
            throw RegistryError(.storeFailed, "the registry cannot be used: \(error)")
        }
    }
}
