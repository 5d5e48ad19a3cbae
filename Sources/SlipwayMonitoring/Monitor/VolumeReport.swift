public import SlipwayData

/// How much a model was asked in a window.
public struct VolumeReport: Codable, Equatable, Sendable {
    /// The rows of one version.
    public struct VersionCount: Codable, Equatable, Sendable {
        /// The version.
        public var version: Int
        /// Its answered rows.
        public var rows: Int

        /// Makes a count.
        public init(version: Int, rows: Int) {
            self.version = version
            self.rows = rows
        }
    }

    /// The answered rows.
    public var rows = 0
    /// The requests that they came in.
    public var requests = 0
    /// The rows of each version, oldest version first.
    public var versions: [VersionCount] = []
    /// The time of the first request, or `nil` when there is none.
    public var first: Timestamp?
    /// The time of the last request, or `nil` when there is none.
    public var last: Timestamp?
    /// The rows that a challenger in shadow saw; no other figure counts them.
    public var shadowRows = 0
    /// The lines of the log that are torn, as a kill leaves them.
    public var tornLines = 0
    /// The lines of the log that are corrupt.
    public var corruptLines = 0

    /// Makes a report of nothing.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case rows, requests, versions, first, last
        case shadowRows = "shadow_rows"
        case tornLines = "torn_lines"
        case corruptLines = "corrupt_lines"
    }
}
