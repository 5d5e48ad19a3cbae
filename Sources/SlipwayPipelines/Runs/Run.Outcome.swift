extension Run {
    /// What came of an attempt.
    public enum Outcome: Equatable, Sendable {
        /// The work is done; the text says what came of it.
        case done(String)
        /// The work failed; the text says why.
        case failed(String)
        /// The work was not ended and is somebody else's now; the attempt does not count.
        case givenBack
    }
}
