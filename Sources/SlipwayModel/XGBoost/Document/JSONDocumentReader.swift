import SlipwayData

/// Reads JSON as XGBoost writes it: RFC 8259, and bare `NaN`, `Infinity` and `-Infinity` in lists of numbers.
///
/// ``position`` never passes the end: ``byte`` reads as 0 there, which no rule of the grammar accepts.
struct JSONDocumentReader: DocumentReader {
    let bytes: UnsafeRawBufferPointer
    var position = 0
    var stack: DocumentStack

    init(_ bytes: UnsafeRawBufferPointer, depthMax: Int) {
        self.bytes = bytes
        stack = DocumentStack(depthMax: depthMax)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The byte at the position, or 0 at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func nextKind() throws(ModelError) -> DocumentValueKind {
        skipWhitespace()
        switch byte {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "N"), UInt8(ascii: "I"):
            return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .other
        default: throw malformed("expected a value, found \(found)")
        }
    }

    mutating func enterObject() throws(ModelError) { try enter(UInt8(ascii: "{"), isObject: true) }

    mutating func enterArray() throws(ModelError) { try enter(UInt8(ascii: "["), isObject: false) }

    mutating func nextMember() throws(ModelError) -> String? {
        guard try hasNext(before: UInt8(ascii: "}")) else { return nil }
        skipWhitespace()
        guard byte == UInt8(ascii: "\"") else { throw malformed("expected a member name in quotes, found \(found)") }
        let name = try text()
        guard stack.beginMember(name) else { throw malformed("the name occurs twice in its object") }
        skipWhitespace()
        guard skip(UInt8(ascii: ":")) else { throw malformed("expected ':', found \(found)") }
        return name
    }

    mutating func nextElement() throws(ModelError) -> Bool {
        guard try hasNext(before: UInt8(ascii: "]")) else { return false }
        stack.beginElement()
        return true
    }

    mutating func skipScalar() throws(ModelError) {
        switch try nextKind() {
        case .text: _ = try text()
        case .number: _ = try number()
        case .other: if !skip("true"), !skip("false"), !skip("null") { throw malformed("expected a value") }
        case .object, .array: throw malformed("expected a scalar, found \(found)")
        }
    }

    mutating func skipArray() throws(ModelError) {
        try enterArray()
        while try nextElement() { try skip() }
    }

    mutating func finish() throws(ModelError) {
        skipWhitespace()
        guard position == bytes.count else { throw malformed("\(found) stands after the end of the document") }
    }

    private mutating func enter(_ opening: UInt8, isObject: Bool) throws(ModelError) {
        skipWhitespace()
        guard byte == opening else {
            throw malformed("expected \(isObject ? "an object" : "an array"), found \(found)")
        }
        guard !stack.isFull else {
            throw failure("it is nested deeper than \(stack.depthMax) levels", kind: .limitExceeded)
        }
        position += 1
        stack.enter(DocumentStack.Level(isObject: isObject))
    }

    /// Whether another member or element comes; at the closing byte the level is left.
    mutating func hasNext(before closing: UInt8) throws(ModelError) -> Bool {
        skipWhitespace()
        let isFirst = stack.current?.count == 0
        if skip(closing) {
            stack.leave()
            return false
        }
        guard isFirst || skip(UInt8(ascii: ",")) else {
            throw malformed("expected ',' or '\(Character(Unicode.Scalar(closing)))', found \(found)")
        }
        return true
    }

    /// What stands at the position, for messages.
    var found: String {
        guard position < bytes.count else { return "the end of the file" }
        if (0x21...0x7E).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
        return "the byte \(byte)"
    }

    /// Moves past spaces, tabs, and line ends.
    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    /// Moves past one byte if it is the wanted one.
    mutating func skip(_ wanted: UInt8) -> Bool {
        guard byte == wanted else { return false }
        position += 1
        return true
    }

    /// Moves past a word if it is the wanted one.
    mutating func skip(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count,
            (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] })
        else { return false }
        position += count
        return true
    }
}
