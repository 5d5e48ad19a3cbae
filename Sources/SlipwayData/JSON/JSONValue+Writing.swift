extension JSONValue {
    /// The document on one line.
    public var text: String { text(style: .compact) }

    /// The document in a style.
    public func text(style: JSONStyle) -> String {
        var bytes: [UInt8] = []
        write(into: &bytes, style: style)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds the document to the end of bytes in UTF-8.
    ///
    /// Numbers are written in the shortest form that reads back the same; those that are not finite become `null`.
    public func write(into bytes: inout [UInt8], style: JSONStyle = .compact) {
        switch style {
        case .compact: writeCompact(into: &bytes)
        case .indented: writeIndented(into: &bytes, level: 0)
        }
    }

    private func writeCompact(into bytes: inout [UInt8]) {
        switch self {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.writeCompact(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.write(member.name, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.writeCompact(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        default:
            writeScalar(into: &bytes)
        }
    }

    private func writeIndented(into bytes: inout [UInt8], level: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                Self.breakLine(in: &bytes, comma: index > 0, level: level + 1)
                element.writeIndented(into: &bytes, level: level + 1)
            }
            Self.breakLine(in: &bytes, comma: false, level: level)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object) where !object.members.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                Self.breakLine(in: &bytes, comma: index > 0, level: level + 1)
                JSONText.write(member.name, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                bytes.append(UInt8(ascii: " "))
                member.value.writeIndented(into: &bytes, level: level + 1)
            }
            Self.breakLine(in: &bytes, comma: false, level: level)
            bytes.append(UInt8(ascii: "}"))
        default:
            writeCompact(into: &bytes)
        }
    }

    private func writeScalar(into bytes: inout [UInt8]) {
        switch self {
        case .boolean(let truth): bytes.append(contentsOf: truth ? "true".utf8 : "false".utf8)
        case .integer(let whole): JSONText.write(whole, into: &bytes)
        case .number(let number) where number.isFinite: JSONText.write(number, into: &bytes)
        case .string(let text): JSONText.write(text, into: &bytes)
        case .null, .number, .array, .object: bytes.append(contentsOf: "null".utf8)
        }
    }

    private static func breakLine(in bytes: inout [UInt8], comma: Bool, level: Int) {
        if comma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
}
