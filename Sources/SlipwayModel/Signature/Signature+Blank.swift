public import SlipwayData

extension Signature {
    /// A row of the plainest values that the fields allow, to see whether a model answers at all.
    public var blankRow: [Value] { inputs.map(\.blank) }
}

extension InputField {
    /// The default, else the first category, else the allowed value nearest to 0, false, or the empty text.
    var blank: Value {
        if let plain = defaultValue ?? categories?.first { return plain }
        let nearest = max(minimum ?? -.infinity, min(maximum ?? .infinity, 0))
        return switch type {
        case .number: .number(nearest)
        case .integer: .integer(Int64(exactly: nearest.rounded(.awayFromZero)) ?? 0)
        case .boolean: .boolean(false)
        case .string: .string("")
        }
    }
}
