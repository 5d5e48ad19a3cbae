import SlipwayAccess
import Synchronization

/// Names a request in logs and answers.
package enum RequestID {
    /// The header in which a caller names a request, and an answer says its name.
    package static let header = "x-request-id"
    /// The most characters of an id that a caller gives.
    static let lengthMax = 64

    private static let process = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    private static let count = Atomic<UInt64>(0)

    /// An id that no other request of this server has, nor in all likelihood of another.
    package static func next() -> String {
        process + "-" + String(count.add(1, ordering: .relaxed).newValue, radix: 36)
    }

    /// The id that a caller gives, or a new one where it gives none, or one that might be mistaken in a log.
    package static func taking(_ given: String?) -> String {
        guard let given, (1...lengthMax).contains(given.utf8.count), given.utf8.allSatisfy(isPlain),
            KeySecret.redacted(given) == given
        else { return next() }
        return given
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
