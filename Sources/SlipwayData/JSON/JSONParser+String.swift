extension JSONParser {
    /// Reads a text from its opening quote to past its closing one.
    mutating func string() throws(DataError) -> String {
        let start = position
        position += 1
        var isASCII = true
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let content = UnsafeBufferPointer(rebasing: bytes[(start + 1)..<position])
                position += 1
                return isASCII ? String(decoding: content, as: UTF8.self) : try validated(content, from: start)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw controlCharacter() }
            isASCII = isASCII && byte < 0x80
            position += 1
        }
        throw unclosed(from: start)
    }

    /// Reads on, from the first escape of a text that began at `start`.
    private mutating func escapedString(from start: Int) throws(DataError) -> String {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes[(start + 1)..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return try scratch.withUnsafeBufferPointer { (content) throws(DataError) in
                    try validated(content, from: start)
                }
            case UInt8(ascii: "\\"): try escape()
            case 0x20...: scratch.append(byte)
            default:
                position -= 1
                throw controlCharacter()
            }
        }
        throw unclosed(from: start)
    }

    /// Reads what follows a backslash into the scratch bytes.
    private mutating func escape() throws(DataError) {
        let kind = byte
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(kind)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            scratch.append(contentsOf: Unicode.UTF8.encode(try escapedScalar()).map(Array.init) ?? [])
            return
        default: throw failure("\(found) does not follow a backslash in JSON")
        }
        position += 1
    }

    /// Reads the digits after `\u`, and a second escape where the first is half of a surrogate pair.
    private mutating func escapedScalar() throws(DataError) -> Unicode.Scalar {
        let start = position - 2
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800...0xDBFF).contains(first), isAt("\\u") else { throw loneSurrogate(at: start) }
        position += 2
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw loneSurrogate(at: start) }
        return scalar
    }

    /// Reads four hexadecimal digits.
    private mutating func codeUnit() throws(DataError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("expected four hexadecimal digits after \\u, found \(found)")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    private func validated(_ content: UnsafeBufferPointer<UInt8>, from start: Int) throws(DataError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw failure("the text that begins here is not valid UTF-8", at: start, hint: "Send the body in UTF-8.")
        }
        return text
    }

    private func loneSurrogate(at start: Int) -> DataError {
        failure("half of a surrogate pair stands alone", at: start, hint: "Escape the character as a whole pair.")
    }

    private func controlCharacter() -> DataError {
        failure("\(found) is not allowed inside a text", hint: "Escape control characters, such as \\n.")
    }

    private func unclosed(from start: Int) -> DataError {
        failure("the text that begins here has no closing quote", at: start)
    }
}
