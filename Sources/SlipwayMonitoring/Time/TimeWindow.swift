public import SlipwayData

/// A stretch of time: its start belongs to it, its end does not.
public struct TimeWindow: Codable, Equatable, Sendable {
    /// The first moment.
    public var start: Timestamp
    /// The first moment after the window.
    public var end: Timestamp

    /// Makes a window.
    public init(from start: Timestamp, until end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// All of time.
    public static let all = TimeWindow(from: .earliest, until: .latest)

    /// Whether a moment lies in the window.
    public func contains(_ moment: Timestamp) -> Bool { start <= moment && moment < end }
}
