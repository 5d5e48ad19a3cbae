/// When a log begins a new segment.
public struct SegmentLimits: Equatable, Sendable {
    /// 64 MB.
    public static let byteCountMaxDefault = 64_000_000
    /// An hour, so that a look at an hour of the log reads few others.
    public static let ageMaxDefault = Duration.seconds(3_600)

    /// The size at which a new segment begins, in bytes; one call's records may exceed it.
    public var byteCountMax: Int
    /// The age at which a new segment begins.
    public var ageMax: Duration

    /// Makes limits.
    public init(byteCountMax: Int = Self.byteCountMaxDefault, ageMax: Duration = Self.ageMaxDefault) {
        self.byteCountMax = byteCountMax
        self.ageMax = ageMax
    }

    var ageMilliseconds: Int64 { max(1, Int64(clamping: Int(ageMax / .milliseconds(1)))) }
}
