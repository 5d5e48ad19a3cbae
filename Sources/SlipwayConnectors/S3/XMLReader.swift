import SlipwayData

/// Reads a document from front to end, see ``XMLElement``.
struct XMLReader {
    private let bytes: [UInt8]
    private var position = 0
    private var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The root of the document.
    mutating func document() throws(DataError) -> XMLElement {
        if starts(with: "\u{FEFF}") { position += 3 }
        try skipMisc()
        guard take("<") else { throw malformed("there is no element") }
        // The elements that are open, the innermost last: a document that is deep must not take the stack.
        var open: [XMLElement] = []
        if let root = try tag(&open) { return try end(root) }
        while true {
            if let text = try text() { open[open.count - 1].append(text) }
            guard position < bytes.count else { throw malformed("it ends within '\(open[open.count - 1].name)'") }
            if try skipped() { continue }
            if take("<![CDATA[") {
                open[open.count - 1].append(try string(until: "]]>"))
            } else if take("</") {
                let closed = open.removeLast()
                guard try localName() == closed.name else { throw malformed("'\(closed.name)' is not closed") }
                skipSpace()
                guard take(">") else { throw malformed("a closing tag does not end") }
                guard !open.isEmpty else { return try end(closed) }
                open[open.count - 1].append(closed)
            } else {
                position += 1
                if let empty = try tag(&open) { open[open.count - 1].append(empty) }
            }
        }
    }

    /// Behind `<`: puts the element that begins there onto those that are open, or returns it where it ends at once.
    private mutating func tag(_ open: inout [XMLElement]) throws(DataError) -> XMLElement? {
        count += 1
        guard count <= XMLElement.countMax, open.count < XMLElement.depthMax else {
            throw DataError(.limitExceeded, "the document has too many elements, or too deep ones")
        }
        let element = XMLElement(named: try localName())
        try skipAttributes()
        if take("/>") { return element }
        guard take(">") else { throw malformed("the tag of '\(element.name)' does not end") }
        open.append(element)
        return nil
    }

    private mutating func end(_ root: XMLElement) throws(DataError) -> XMLElement {
        try skipMisc()
        guard position == bytes.count else { throw malformed("something follows its end") }
        return root
    }

    private mutating func skipAttributes() throws(DataError) {
        while true {
            skipSpace()
            guard position < bytes.count, ![UInt8(ascii: ">"), UInt8(ascii: "/")].contains(bytes[position]) else {
                return
            }
            _ = try localName()
            skipSpace()
            guard take("=") else { throw malformed("an attribute has no value") }
            skipSpace()
            guard position < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[position]) else {
                throw malformed("the value of an attribute has no quotes")
            }
            let quote = bytes[position]
            position += 1
            guard let close = bytes[position...].firstIndex(of: quote) else { throw malformed("a quote is not closed") }
            position = close + 1
        }
    }

    /// The text up to the next `<`; `nil` where there is none.
    private mutating func text() throws(DataError) -> String? {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        guard end > position else { return nil }
        defer { position = end }
        return try Self.unescaped(bytes[position..<end])
    }

    private mutating func string(until mark: String) throws(DataError) -> String {
        let start = position
        while position < bytes.count, !starts(with: mark) { position += 1 }
        let text = String(validating: bytes[start..<position], as: UTF8.self)
        guard take(mark) else { throw malformed("'\(mark)' is missing") }
        guard let text else { throw malformed("it is no UTF-8") }
        return text
    }

    /// A name without the prefix of its namespace.
    private mutating func localName() throws(DataError) -> String {
        let start = position
        while position < bytes.count, Self.isOfNames(bytes[position]) { position += 1 }
        guard position > start else { throw malformed("a name is missing") }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    /// Passes over a comment or a processing instruction.
    private mutating func skipped() throws(DataError) -> Bool {
        if take("<!--") {
            _ = try string(until: "-->")
        } else if take("<?") {
            _ = try string(until: "?>")
        } else {
            return false
        }
        return true
    }

    private mutating func skipMisc() throws(DataError) {
        repeat { skipSpace() } while try skipped()
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func take(_ text: String) -> Bool {
        guard starts(with: text) else { return false }
        position += text.utf8.count
        return true
    }

    private static func isOfNames(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) throws(DataError) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                result.append(byte)
                continue
            }
            guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                throw DataError(.malformed, "the document is broken: an entity does not end")
            }
            result += try character(named: String(decoding: rest[rest.startIndex..<end], as: UTF8.self)).utf8
            rest = rest[(end + 1)...]
        }
        guard let text = String(validating: result, as: UTF8.self) else {
            throw DataError(.malformed, "the document is broken: it is no UTF-8")
        }
        return text
    }

    private static func character(named name: String) throws(DataError) -> String {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let isHexadecimal = name.hasPrefix("#x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            guard name.hasPrefix("#"), digits.allSatisfy(\.isHexDigit),
                let scalar = UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init)
            else { throw DataError(.malformed, "the document is broken: an entity is not known") }
            return String(Character(scalar))
        }
    }

    private func malformed(_ problem: String) -> DataError {
        DataError(.malformed, "the document is broken: \(problem)")
    }
}
