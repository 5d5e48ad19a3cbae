/// The trace that a call belongs to, and this server's own place in it.
///
/// Sources: W3C Trace Context, Level 1 (Recommendation) for `traceparent`, Level 2 for the keys of `tracestate`.
public struct TraceContext: Sendable, Equatable {
    /// The headers of a request that carry a trace.
    public enum Header {
        /// The trace and the caller's place in it.
        public static let parent = "traceparent"
        /// What tracing systems along the way add.
        public static let state = "tracestate"
        /// The name under which the server answers with its own place (W3C Trace Response Headers, a draft).
        public static let response = "traceresponse"
    }

    /// The trace, as 32 hexadecimal digits.
    public let traceID: String
    /// The caller's span, as 16 hexadecimal digits.
    public let parentID: String
    /// This server's own span, drawn at random.
    public let spanID: String
    /// What tracing systems along the way added, as it goes on; `nil` where there was nothing or nothing valid.
    public let state: String?
    private let flags: UInt8

    /// The flags that are passed on: sampled, and that the trace's id is random; all others are cleared.
    private static let knownFlags: UInt8 = 0b11
    /// The bytes of a header of version 00, and those that all later versions begin with.
    private static let headerByteCount = 55

    /// Reads the headers of a request.
    ///
    /// - Parameters:
    ///   - parents: The values of `traceparent`; more than one is none.
    ///   - states: The values of `tracestate` in their order; they mean nothing without a valid parent.
    /// - Returns: `nil` without a valid parent: the caller is then not traced.
    public init?(parents: [String], states: [String], spanID: UInt64 = .random(in: 1...UInt64.max)) {
        guard parents.count == 1, let parent = parents.first else { return nil }
        let bytes = Array(parent.utf8)
        guard bytes.count >= Self.headerByteCount, let version = Self.byte(bytes[0..<2]), version != 0xFF,
            bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash
        else { return nil }
        guard bytes.count == Self.headerByteCount || (version > 0 && bytes[55] == Self.dash),
            let traceID = Self.id(bytes[3..<35]), let parentID = Self.id(bytes[36..<52]),
            let flags = Self.byte(bytes[53..<55])
        else { return nil }
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags & Self.knownFlags
        self.spanID = Self.hexadecimal(spanID, digits: 16)
        state = TraceState(states)?.text
    }

    /// Whether the caller asks that the trace be recorded.
    public var isSampled: Bool { flags & 1 == 1 }

    /// This server's place in the trace, as a header's value: what is called from here has it for its parent.
    public var text: String { "00-\(traceID)-\(spanID)-\(Self.hexadecimal(UInt64(flags), digits: 2))" }

    private static let dash = UInt8(ascii: "-")

    /// Lower-case digits that are not all zero.
    private static func id(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.allSatisfy({ digit($0) != nil }), bytes.contains(where: { $0 != UInt8(ascii: "0") }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func byte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        guard let high = bytes.first.flatMap(digit), let low = bytes.last.flatMap(digit) else { return nil }
        return high << 4 | low
    }

    /// The value of a lower-case digit; upper-case ones are not allowed.
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func hexadecimal(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
