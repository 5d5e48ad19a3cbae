/// How large a JSON document may be before it is refused.
public struct JSONLimits: Equatable, Sendable {
    /// The deepest nesting that any caller may allow, in levels; the parser recurses once per level.
    public static let depthCeiling = 512

    /// The most bytes a document may have.
    public var byteCountMax: Int
    /// The most arrays and objects that may lie within each other.
    public var depthMax: Int
    /// The most values, nested ones and containers included; a value takes about 24 bytes of memory.
    public var valueCountMax: Int

    /// Makes limits; `depthMax` is brought down to ``depthCeiling``.
    public init(byteCountMax: Int = 64 << 20, depthMax: Int = 64, valueCountMax: Int = 8_000_000) {
        self.byteCountMax = byteCountMax
        self.depthMax = min(depthMax, Self.depthCeiling)
        self.valueCountMax = valueCountMax
    }

    /// 64 MiB, 64 levels, 8 million values.
    public static let `default` = JSONLimits()
}
