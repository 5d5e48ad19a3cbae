/// How large an ONNX model may be before it is refused unread.
public struct ONNXLimits: Equatable, Sendable {
    /// The bytes of the file; the format itself ends at 2 GiB.
    public var byteCount: Int
    /// How deep messages may lie in one another; a plain graph needs 6, each nested subgraph 4 more.
    public var messageDepth: Int
    /// The nodes, attributes, constants, values, and dimensions together, subgraphs included; counted before parsing.
    public var messageCount: Int
    /// The nodes of the graph, those of its subgraphs not counted.
    public var nodeCount: Int
    /// One dimension of a tensor, in elements.
    public var dimension: Int
    /// The dimensions of one tensor.
    public var rank: Int
    /// All constants of the model together once decoded, in bytes; narrow integers take 8 bytes each.
    public var decodedByteCount: Int

    /// Makes limits; each defaults to the value in ``default``.
    public init(
        byteCount: Int = 2_147_483_647, messageDepth: Int = 64, messageCount: Int = 5_000_000,
        nodeCount: Int = 1_000_000, dimension: Int = 2_147_483_647, rank: Int = 32,
        decodedByteCount: Int = 8_589_934_592
    ) {
        self.byteCount = byteCount
        self.messageDepth = messageDepth
        self.messageCount = messageCount
        self.nodeCount = nodeCount
        self.dimension = dimension
        self.rank = rank
        self.decodedByteCount = decodedByteCount
    }

    /// Limits that every model of practice stays under: 2 GiB of file, 8 GiB decoded, 64 levels, a million nodes.
    public static let `default` = ONNXLimits()
}
