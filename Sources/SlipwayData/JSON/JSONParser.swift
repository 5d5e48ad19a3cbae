/// A recursive-descent reader of RFC 8259 over bytes in memory.
///
/// ``position`` never passes the end: ``byte`` reads as 0 there, which no rule of the grammar accepts.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    let file: String?
    var position = 0
    /// Where a text with escapes is put together.
    var scratch: [UInt8] = []
    private var depth = 0
    private var valueCount = 0

    /// Objects with more members than this look for repeated names in a set instead of one by one.
    private static let linearSearchMax = 12

    init(bytes: UnsafeRawBufferPointer, limits: JSONLimits, file: String?) {
        self.bytes = bytes.bindMemory(to: UInt8.self)
        self.limits = limits
        self.file = file
    }

    /// The byte at the position, or 0 at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Reads the whole input as one value.
    mutating func document() throws(DataError) -> JSONValue {
        guard bytes.count <= limits.byteCountMax else {
            throw DataError(
                .limitExceeded, "the JSON document has \(bytes.count) bytes; at most \(limits.byteCountMax) are read",
                hint: "Send the rows in smaller parts.")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipWhitespace()
        guard position < bytes.count else { throw failure("the JSON document is empty") }
        let value = try value()
        skipWhitespace()
        guard position == bytes.count else {
            throw failure("\(found) stands after the end of the JSON document")
        }
        return value
    }

    private mutating func value() throws(DataError) -> JSONValue {
        valueCount += 1
        guard valueCount <= limits.valueCountMax else {
            throw failure(
                "the JSON document has more than \(limits.valueCountMax) values", kind: .limitExceeded,
                hint: "Send the rows in smaller parts.")
        }
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "{"): return try nested { (parser) throws(DataError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(DataError) in try parser.array() }
        case UInt8(ascii: "t") where skip("true"): return .boolean(true)
        case UInt8(ascii: "f") where skip("false"): return .boolean(false)
        case UInt8(ascii: "n") where skip("null"): return .null
        default: throw unexpectedValue()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(DataError) -> JSONValue
    ) throws(DataError) -> JSONValue {
        guard depth < limits.depthMax else {
            throw failure("the JSON is nested deeper than \(limits.depthMax) levels", kind: .limitExceeded)
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func array() throws(DataError) -> JSONValue {
        position += 1
        skipWhitespace()
        if skip(UInt8(ascii: "]")) { return .array([]) }
        var elements: [JSONValue] = []
        while true {
            elements.append(try value())
            skipWhitespace()
            if skip(UInt8(ascii: "]")) { return .array(elements) }
            guard skip(UInt8(ascii: ",")) else { throw failure("expected ',' or ']' in an array, found \(found)") }
            skipWhitespace()
            if byte == UInt8(ascii: "]") { throw trailingComma() }
        }
    }

    private mutating func object() throws(DataError) -> JSONValue {
        position += 1
        skipWhitespace()
        if skip(UInt8(ascii: "}")) { return .object(JSONObject()) }
        var members: [(name: String, value: JSONValue)] = []
        var names: Set<String> = []
        while true {
            let start = position
            guard byte == UInt8(ascii: "\"") else {
                if byte == UInt8(ascii: "}") { throw trailingComma() }
                throw failure("expected a member name in double quotes, found \(found)")
            }
            let name = try string()
            guard isNew(name, among: members, in: &names) else {
                throw failure(
                    "the member '\(name.prefix(60))' occurs twice in an object", at: start,
                    hint: "Send each name once.")
            }
            skipWhitespace()
            guard skip(UInt8(ascii: ":")) else { throw failure("expected ':' after a member name, found \(found)") }
            skipWhitespace()
            members.append((name, try value()))
            skipWhitespace()
            if skip(UInt8(ascii: "}")) { return .object(JSONObject(distinct: members)) }
            guard skip(UInt8(ascii: ",")) else { throw failure("expected ',' or '}' in an object, found \(found)") }
            skipWhitespace()
        }
    }

    /// Whether no member has the name yet; linear while that is faster than hashing, a set from then on.
    private func isNew(
        _ name: String, among members: [(name: String, value: JSONValue)], in names: inout Set<String>
    ) -> Bool {
        if members.count <= Self.linearSearchMax { return !members.contains { $0.name == name } }
        if names.isEmpty { names = Set(members.map(\.name)) }
        return names.insert(name).inserted
    }

    /// Moves past spaces, tabs, and line ends.
    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    /// Moves past one byte if it is the wanted one.
    private mutating func skip(_ wanted: UInt8) -> Bool {
        guard byte == wanted else { return false }
        position += 1
        return true
    }

    /// Moves past a word if it is the wanted one.
    private mutating func skip(_ word: StaticString) -> Bool {
        guard isAt(word) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    /// Whether the bytes at the position spell the word.
    func isAt(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        return (0..<count).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
    }
}
