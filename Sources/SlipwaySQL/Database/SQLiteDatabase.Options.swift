extension SQLiteDatabase {
    /// How a store is opened.
    public struct Options: Equatable, Sendable {
        /// What a commit waits for.
        public enum Durability: Equatable, Sendable {
            /// The commit survives a killed process; a power cut may lose the last ones. For derived data.
            case survivesProcess
            /// The commit is on the disk before the write returns. For what cannot be made again.
            case survivesPowerCut
        }

        /// How long a statement waits for another connection's lock unless told otherwise.
        public static let busyTimeoutDefault: Duration = .seconds(5)

        /// How long a statement waits for another connection's lock.
        public var busyTimeout: Duration
        /// What a commit waits for.
        public var durability: Durability
        /// Whether only reading is allowed; then the file must exist and is left as it is.
        public var isReadOnly: Bool

        /// Makes options.
        public init(
            busyTimeout: Duration = Options.busyTimeoutDefault, durability: Durability = .survivesProcess,
            isReadOnly: Bool = false
        ) {
            self.busyTimeout = busyTimeout
            self.durability = durability
            self.isReadOnly = isReadOnly
        }
    }
}
