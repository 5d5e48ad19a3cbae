import SlipwayServing

/// The time that a caller allows, as `grpc-timeout` writes it: up to eight digits and a unit, `250m`.
///
/// Source: the specification of gRPC over HTTP2.
enum CallTimeout {
    /// The name of the header.
    static let header = "grpc-timeout"
    private static let digitCountMax = 8

    /// Reads a time.
    ///
    /// - Throws: `ServingError` of kind `malformed`.
    static func duration(of text: String) throws(ServingError) -> Duration {
        let digits = text.utf8.dropLast()
        guard (1...digitCountMax).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int64(text.dropLast()), let unit = unit(text.last)
        else {
            throw ServingError(
                .malformed, "the header \(header) says '\(text.prefix(20))', which is no time",
                hint: "Write up to eight digits and one of H, M, S, m, u, n.")
        }
        return unit * Int(count)
    }

    private static func unit(_ letter: Character?) -> Duration? {
        switch letter {
        case "H": .seconds(3_600)
        case "M": .seconds(60)
        case "S": .seconds(1)
        case "m": .milliseconds(1)
        case "u": .microseconds(1)
        case "n": .nanoseconds(1)
        default: nil
        }
    }
}
