public import SlipwayData

/// The true outcome of a prediction, as it was fed back.
public struct FeedbackRecord: Equatable, Sendable {
    /// What the outcome belongs to.
    public enum Subject: Hashable, Sendable {
        /// One answered row.
        case prediction(PredictionID)
        /// An entity, such as a customer: its latest prediction before the outcome.
        case key(String)
    }

    /// What the outcome belongs to.
    public var subject: Subject
    /// What came true: a class or a number; never missing.
    public var actual: Value
    /// When the feedback was received.
    public var time: Timestamp
    /// When the outcome came true, where the sender says so.
    public var observed: Timestamp?

    /// Makes a record.
    public init(subject: Subject, actual: Value, time: Timestamp, observed: Timestamp? = nil) {
        self.subject = subject
        self.actual = actual
        self.time = time
        self.observed = observed
    }

    /// When the outcome came true, as far as is known.
    var moment: Timestamp { observed ?? time }
}
