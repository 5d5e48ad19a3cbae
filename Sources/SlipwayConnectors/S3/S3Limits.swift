/// What one may take from a bucket and give to it, and how long that may take.
public struct S3Limits: Equatable, Sendable {
    /// The bytes of the objects that one query or job may bring to this machine unless told otherwise: 4 GiB.
    public static let fetchedByteCountMaxDefault = 4 << 30
    /// The objects of one listing unless told otherwise; more are refused.
    public static let objectCountMaxDefault = 10_000
    /// The bytes of a part of an object that comes or goes, unless told otherwise: 8 MiB.
    ///
    /// S3 takes none below 5 MiB but the last.
    public static let partByteCountDefault = 8 << 20
    /// The most parts of one object.
    public static let partCountMax = 10_000
    /// The parts that are on their way at once, each of them in memory.
    public static let partsAtOnce = 4
    /// The most bytes of an answer that is no part of an object.
    static let answerByteCountMax = 8 << 20
    /// The most answers of one listing, some of which may be empty.
    static let pageCountMax = 1_000

    /// The most bytes of the objects that one query or job brings to this machine.
    public var fetchedByteCountMax = Self.fetchedByteCountMaxDefault
    /// The most objects of a listing.
    public var objectCountMax = Self.objectCountMaxDefault
    /// The bytes of a part.
    public var partByteCount = Self.partByteCountDefault
    /// How long one request may take.
    public var patience = Duration.seconds(120)
    /// How often a request is repeated after a failure that may pass.
    public var retryCount = 0

    /// Makes limits.
    public init() {}
}
