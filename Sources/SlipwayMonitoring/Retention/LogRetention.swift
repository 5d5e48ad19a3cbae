/// How long, and how much of, the logs of an environment are kept.
public struct LogRetention: Equatable, Sendable {
    /// 90 days.
    public static let ageMaxDefault = Duration.seconds(90 * 86_400)
    /// 10 GB.
    public static let byteCountMaxDefault = 10_000_000_000

    /// The age from which records are removed.
    public var ageMax: Duration
    /// The bytes that the logs of all models of an environment may have together.
    public var byteCountMax: Int

    /// Makes limits.
    public init(ageMax: Duration = Self.ageMaxDefault, byteCountMax: Int = Self.byteCountMaxDefault) {
        self.ageMax = ageMax
        self.byteCountMax = byteCountMax
    }
}
