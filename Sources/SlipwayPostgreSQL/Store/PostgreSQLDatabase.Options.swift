extension PostgreSQLDatabase {
    /// How a store is used.
    public struct Options: Equatable, Sendable {
        /// The connections that are open at once.
        public var connectionCountMax = 8
        /// How long it may take to connect.
        public var connectTimeout: Duration = .seconds(5)
        /// How long a write waits for the one before it.
        public var lockTimeout: Duration = .seconds(5)
        /// How long a statement may take where nothing else is said; building an index takes longest.
        public var statementTimeout: Duration = .seconds(600)
        /// How long a read may take where nothing else is said, so that whoever follows the store notices in time that
        /// a connection is dead.
        public var readTimeout: Duration = .seconds(20)
        /// How long a transaction may do nothing before the server ends it, as that of a machine that is gone.
        public var idleTimeout: Duration = .seconds(60)

        /// The usual options.
        public init() {}
    }
}
