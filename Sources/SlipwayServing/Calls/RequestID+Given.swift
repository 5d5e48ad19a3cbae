import SlipwayAccess

extension RequestID {
    /// The header by which a caller names a request.
    package static let header = "x-request-id"
    /// The most characters of an id that a caller gives.
    static let lengthMax = 64

    /// The id that a caller gives; `nil` for none, or one that might be mistaken in a log.
    package static func given(_ id: String?) -> String? {
        guard let id, (1...lengthMax).contains(id.utf8.count),
            id.utf8.allSatisfy(isPlain), KeySecret.redacted(id) == id
        else { return nil }
        return id
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
