import SlipwayMonitoring

/// How the prediction and feedback logs are kept; `nil` leaves what stands above.
struct LogConfiguration: Equatable, Sendable {
    /// When a day of the prediction log is compacted.
    enum Compaction: Equatable {
        /// Once it ended so long ago.
        case after(Duration)
        /// Not at all.
        case never

        /// How long ago a day must have ended; `nil` where none is compacted.
        var age: Duration? {
            switch self {
            case .after(let age): age
            case .never: nil
            }
        }
    }

    /// The age from which records are removed.
    var ageMax: Duration?
    /// The bytes that the logs of an environment may have together.
    var byteCountMax: Int?
    /// The size at which a log begins a new segment, in bytes.
    var segmentByteCountMax: Int?
    /// When days of the prediction log are compacted.
    var compactAfter: Compaction?

    /// What holds where nothing is said.
    static let defaults = LogConfiguration(
        ageMax: LogRetention.ageMaxDefault, byteCountMax: LogRetention.byteCountMaxDefault,
        segmentByteCountMax: SegmentLimits.byteCountMaxDefault, compactAfter: .after(LogCompaction.ageMinDefault))

    /// These settings, and those of another where these say nothing.
    func over(_ other: LogConfiguration) -> LogConfiguration {
        LogConfiguration(
            ageMax: ageMax ?? other.ageMax, byteCountMax: byteCountMax ?? other.byteCountMax,
            segmentByteCountMax: segmentByteCountMax ?? other.segmentByteCountMax,
            compactAfter: compactAfter ?? other.compactAfter)
    }

    /// How long, and how much of, the logs are kept.
    var retention: LogRetention {
        LogRetention(
            ageMax: ageMax ?? LogRetention.ageMaxDefault,
            byteCountMax: byteCountMax ?? LogRetention.byteCountMaxDefault)
    }

    /// When days of the prediction log are compacted.
    var compaction: Compaction { compactAfter ?? .after(LogCompaction.ageMinDefault) }

    /// When a log begins a new segment.
    var segmentLimits: SegmentLimits {
        SegmentLimits(byteCountMax: segmentByteCountMax ?? SegmentLimits.byteCountMaxDefault)
    }
}
