/// What tracing systems add to a trace along its way: a list of keys and values that is passed on as it came.
///
/// Source: W3C Trace Context, Level 2, section 3.3.
struct TraceState: Equatable {
    /// The most members; a list of more is none.
    static let memberCountMax = 32
    /// The most bytes of a key, and of a value.
    static let partByteCountMax = 256

    /// The members without spaces around them and without empty ones.
    let text: String

    /// Reads the values of the headers, which together are one list.
    ///
    /// - Returns: `nil` when there is no member, or one of them is invalid: then none is passed on.
    init?(_ values: [String]) {
        var members: [Substring] = []
        for value in values {
            for part in value.split(separator: ",") {
                let member = Self.trimmed(part)
                guard !member.isEmpty else { continue }
                guard Self.isMember(member), members.count < Self.memberCountMax else { return nil }
                members.append(member)
            }
        }
        guard !members.isEmpty else { return nil }
        text = members.joined(separator: ",")
    }

    private static func trimmed(_ part: Substring) -> Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var rest = part.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return rest
    }

    private static func isMember(_ member: Substring) -> Bool {
        let bytes = member.utf8
        guard let end = bytes.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let (key, value) = (bytes[..<end], bytes[bytes.index(after: end)...])
        guard (1...partByteCountMax).contains(key.count), (1...partByteCountMax).contains(value.count),
            let first = key.first, isLetterOrDigit(first)
        else { return false }
        return key.allSatisfy { isLetterOrDigit($0) || "_-*/@".utf8.contains($0) }
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
