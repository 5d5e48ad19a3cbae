/// Where one environment, such as `production`, keeps its state.
struct EnvironmentConfiguration: Equatable, Sendable {
    /// The kinds of stores.
    enum Store: Equatable, Sendable {
        /// A SQLite file in the project's state folder.
        case sqlite
        /// A schema of a PostgreSQL database, by the URL of its server.
        case postgres(TextReference)
    }

    /// The environments of a project that names none.
    static let defaultNames = ["production", "test"]

    /// The name of the environment.
    var name: String
    /// The kind of its store.
    var store: Store = .sqlite
    /// How its logs are kept, where it differs from the project.
    var log = LogConfiguration()
}
