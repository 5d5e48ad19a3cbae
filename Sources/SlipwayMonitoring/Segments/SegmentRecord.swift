public import SlipwayData

/// A record that a log keeps, one JSON object per line.
///
/// ## Contract for implementers
/// - ``init(json:)`` of ``json`` gives an equal record.
/// - ``init(json:)`` throws ``LogError`` of kind `malformed` that names the member at fault; unknown members are
///   ignored, so that an older program reads the log of a newer one.
public protocol SegmentRecord: Sendable {
    /// The ending of the names of segment files that hold such records, without the dot.
    static var fileExtension: String { get }

    /// Whether segments of such records may be compacted.
    static var isCompacted: Bool { get }

    /// When it happened; segments are merged by it.
    var time: Timestamp { get }

    /// The record as an object.
    var json: JSONObject { get }

    /// Reads a record from an object.
    init(json: JSONObject) throws(LogError)

    /// The bytes of the record's time in an object that ``json`` gave, where they are found without parsing it; so
    /// records of other times are passed over.
    static func timeText(in object: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?
}

extension SegmentRecord {
    /// Segments stay as they were written.
    public static var isCompacted: Bool { false }

    /// The time is not known without parsing.
    public static func timeText(in object: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { nil }
}
