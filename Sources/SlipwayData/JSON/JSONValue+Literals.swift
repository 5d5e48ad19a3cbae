extension JSONValue: ExpressibleByStringLiteral {
    /// Makes a text from a literal.
    public init(stringLiteral value: String) { self = .string(value) }
}
