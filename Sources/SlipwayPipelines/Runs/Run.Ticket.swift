extension Run {
    /// The right to go on with a run, to finish it and to keep what it made; it ends when the run changes hands.
    public struct Ticket: Hashable, Sendable {
        /// The run.
        public let id: String
        /// Which taking of the run it was.
        public let token: Int

        /// Names a taking of a run.
        public init(id: String, token: Int) {
            self.id = id
            self.token = token
        }
    }
}
