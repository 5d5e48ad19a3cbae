import SlipwayMonitoring

/// How the prediction and feedback logs are kept; `nil` leaves what stands above.
struct LogConfiguration: Equatable, Sendable {
    /// The age from which records are removed.
    var ageMax: Duration?
    /// The bytes that the logs of an environment may have together.
    var byteCountMax: Int?
    /// The size at which a log begins a new segment, in bytes.
    var segmentByteCountMax: Int?

    /// What holds where nothing is said.
    static let defaults = LogConfiguration(
        ageMax: LogRetention.ageMaxDefault, byteCountMax: LogRetention.byteCountMaxDefault,
        segmentByteCountMax: SegmentLimits.byteCountMaxDefault)

    /// These settings, and those of another where these say nothing.
    func over(_ other: LogConfiguration) -> LogConfiguration {
        LogConfiguration(
            ageMax: ageMax ?? other.ageMax, byteCountMax: byteCountMax ?? other.byteCountMax,
            segmentByteCountMax: segmentByteCountMax ?? other.segmentByteCountMax)
    }

    /// How long, and how much of, the logs are kept.
    var retention: LogRetention {
        LogRetention(
            ageMax: ageMax ?? LogRetention.ageMaxDefault,
            byteCountMax: byteCountMax ?? LogRetention.byteCountMaxDefault)
    }

    /// When a log begins a new segment.
    var segmentLimits: SegmentLimits {
        SegmentLimits(byteCountMax: segmentByteCountMax ?? SegmentLimits.byteCountMaxDefault)
    }
}
