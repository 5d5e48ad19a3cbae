extension Value: Codable {
    /// Reads a JSON scalar; whole numbers become integers, `null` becomes missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .missing
        } else if let truth = try? container.decode(Bool.self) {
            self = .boolean(truth)
        } else if let whole = try? container.decode(Int64.self) {
            self = .integer(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes a JSON scalar; missing and non-finite values become `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .missing: try container.encodeNil()
        case .boolean(let truth): try container.encode(truth)
        case .integer(let whole): try container.encode(whole)
        case .number(let number):
            if number.isFinite { try container.encode(number) } else { try container.encodeNil() }
        case .string(let text): try container.encode(text)
        }
    }
}
