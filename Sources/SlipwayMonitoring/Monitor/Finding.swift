/// A figure, or the reason why there is none.
public enum Finding<Figure> {
    /// The figure.
    case found(Figure)
    /// Why it could not be computed, as a phrase: `no baseline`, `too few rows: 12 of at least 30`.
    case unavailable(reason: String)

    /// The figure, or `nil`.
    public var figure: Figure? {
        guard case .found(let figure) = self else { return nil }
        return figure
    }

    /// Why there is no figure, or `nil` when there is one.
    public var reason: String? {
        guard case .unavailable(let reason) = self else { return nil }
        return reason
    }
}

extension Finding: Sendable where Figure: Sendable {}
extension Finding: Equatable where Figure: Equatable {}

extension Finding: Codable where Figure: Codable {
    private enum CodingKeys: String, CodingKey {
        case unavailable
    }

    /// Reads a figure, or an object with the reason.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: CodingKeys.self),
            let reason = try? container.decode(String.self, forKey: .unavailable)
        {
            self = .unavailable(reason: reason)
        } else {
            self = .found(try Figure(from: decoder))
        }
    }

    /// Writes the figure, or `{"unavailable": reason}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .found(let figure):
            try figure.encode(to: encoder)
        case .unavailable(let reason):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .unavailable)
        }
    }
}
