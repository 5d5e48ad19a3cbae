/// The result of a metric: a finite number, or the reason why there is none.
public enum MetricValue: Equatable, Sendable {
    /// The figure.
    case value(Double)
    /// The figure has no meaning for these rows.
    case undefined(reason: String)

    /// The figure, or a reason where it overflowed.
    public init(_ number: Double) {
        self = number.isFinite ? .value(number) : .undefined(reason: "the result is beyond double precision")
    }

    /// The figure, or `nil` when it is undefined.
    public var number: Double? {
        guard case .value(let number) = self else { return nil }
        return number
    }

    /// Why there is no figure, or `nil` when there is one.
    public var reason: String? {
        guard case .undefined(let reason) = self else { return nil }
        return reason
    }
}

extension MetricValue: Codable {
    private enum CodingKeys: String, CodingKey {
        case undefined
    }

    /// Reads a number, or an object with the reason.
    public init(from decoder: any Decoder) throws {
        if let number = try? decoder.singleValueContainer().decode(Double.self) {
            self.init(number)
        } else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self = .undefined(reason: try container.decode(String.self, forKey: .undefined))
        }
    }

    /// Writes a number, or `{"undefined": reason}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .value(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .undefined(let reason):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .undefined)
        }
    }
}
