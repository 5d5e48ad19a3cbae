extension RunWorker {
    /// How a worker goes about it.
    public struct Options: Equatable, Sendable {
        /// How long a run is a worker's that says nothing.
        public var leaseTime: Duration = .seconds(30)
        /// How often the store is looked at.
        public var interval: Duration = .seconds(1)
        /// The runs that are done at once.
        public var runCountMax = 2
        /// How long a run must have been there, to leave it to workers that are quicker.
        public var patience: Duration = .zero
        /// How long the end of a run is tried to be kept in a store that cannot be reached.
        public var endingTime: Duration = .seconds(600)

        /// The usual options.
        public init() {}
    }
}
