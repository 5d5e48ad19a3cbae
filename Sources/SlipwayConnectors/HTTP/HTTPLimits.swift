/// How much an API may answer.
public struct HTTPLimits: Equatable, Sendable {
    /// The bytes of one answer unless told otherwise: 64 MiB.
    public static let answerByteCountMaxDefault = 64 << 20
    /// The pages of one table unless told otherwise.
    public static let pageCountMaxDefault = 1_000

    /// The most bytes of one answer.
    public var answerByteCountMax: Int
    /// The most pages of one table; a table with more is refused, not cut off.
    public var pageCountMax: Int

    /// Makes limits.
    public init(
        answerByteCountMax: Int = Self.answerByteCountMaxDefault, pageCountMax: Int = Self.pageCountMaxDefault
    ) {
        self.answerByteCountMax = answerByteCountMax
        self.pageCountMax = pageCountMax
    }
}
