extension JSONParser {
    /// What stands at the position, for messages.
    var found: String {
        guard position < bytes.count else { return "the end of the text" }
        let byte = bytes[position]
        if (0x21...0x7E).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
        return "the byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
    }

    /// The error for a place where a value should begin.
    func unexpectedValue() -> DataError {
        if isAt("NaN") || isAt("Infinity") || isAt("-Infinity") || isAt("-NaN") { return bareNonFinite() }
        if isAt("True") || isAt("False") || isAt("None") {
            return failure("\(found) does not begin a JSON value", hint: "Write true, false, or null.")
        }
        if byte == UInt8(ascii: "'") {
            return failure("\(found) does not begin a JSON value", hint: "Put texts in double quotes.")
        }
        return failure("expected a value, found \(found)")
    }

    /// The error for NaN and Infinity, which JSON has no literals for.
    func bareNonFinite() -> DataError {
        failure("NaN and Infinity are not JSON", hint: "Send null or \"NaN\" for a missing number.")
    }

    /// The error for a comma that nothing follows.
    func trailingComma() -> DataError {
        failure("a comma stands before \(found)", hint: "Remove the last comma.")
    }

    /// An error at an offset, or at the position, with line and column in the message.
    func failure(
        _ message: String, kind: DataError.Code = .malformed, at offset: Int? = nil, hint: String? = nil
    ) -> DataError {
        let (line, column) = lineAndColumn(of: offset ?? position)
        guard let file else {
            return DataError(kind, "line \(line), column \(column): \(message)", hint: hint)
        }
        return DataError(kind, message, hint: hint, at: SourceLocation(file: file, line: line, column: column))
    }

    /// Line and column, both from 1; columns count characters, so bytes that continue one are left out.
    private func lineAndColumn(of offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
