/// What a database may use.
public struct DatabaseSettings: Equatable, Sendable {
    /// The file of the database; `nil` for an empty database in memory.
    public var path: String?
    /// Whether the file is opened for writing too.
    public var isWritable: Bool
    /// The most memory for data, in bytes; beyond, a query fails, and nothing goes to a disk.
    public var memoryByteCountMax: Int
    /// The threads that a query may use, the caller's included.
    public var threadCount: Int
    /// The only files that queries may read or write, beside the database.
    public var files: [String]

    /// Makes settings.
    public init(
        path: String? = nil, isWritable: Bool = false, memoryByteCountMax: Int = 256 << 20, threadCount: Int = 1,
        files: [String] = []
    ) {
        self.path = path
        self.isWritable = isWritable
        self.memoryByteCountMax = memoryByteCountMax
        self.threadCount = threadCount
        self.files = files
    }
}
