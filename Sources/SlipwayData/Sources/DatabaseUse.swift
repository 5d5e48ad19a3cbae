/// What queries of a source may take of the machine.
public struct DatabaseUse: Equatable, Sendable {
    /// The memory unless told otherwise: 1 GiB.
    public static let memoryByteCountMaxDefault = 1 << 30
    /// The threads unless told otherwise.
    public static let threadCountDefault = 2

    /// The most memory that the queries of a source take together for data, in bytes; nothing goes to a disk.
    public var memoryByteCountMax: Int
    /// The threads that the queries of a source share.
    public var threadCount: Int

    /// Makes bounds.
    public init(
        memoryByteCountMax: Int = Self.memoryByteCountMaxDefault, threadCount: Int = Self.threadCountDefault
    ) {
        self.memoryByteCountMax = memoryByteCountMax
        self.threadCount = threadCount
    }
}
