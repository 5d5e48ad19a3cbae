extension CSVWriter {
    /// Adds the header line.
    static func append(header names: [String], to bytes: inout [UInt8], format: CSVFormat) {
        for (index, name) in names.enumerated() {
            if index > 0 { bytes.append(format.delimiter) }
            append(name, to: &bytes, format: format)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Adds one row of a table as a line.
    static func append(row: Int, of table: Table, to bytes: inout [UInt8], format: CSVFormat) {
        let start = bytes.count
        for (index, column) in table.columns.enumerated() {
            if index > 0 { bytes.append(format.delimiter) }
            append(column[row], to: &bytes, format: format)
        }
        // A blank line would be passed over when read, so a lone missing cell shows its quotes.
        if bytes.count == start { bytes.append(contentsOf: "\"\"".utf8) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ value: Value, to bytes: inout [UInt8], format: CSVFormat) {
        switch value {
        case .missing: break
        case .boolean(let truth): bytes.append(contentsOf: truth ? "true".utf8 : "false".utf8)
        case .integer(let whole): JSONText.write(whole, into: &bytes)
        case .number(let number): if !number.isNaN { JSONText.write(number, into: &bytes) }
        case .string(let text): append(text, to: &bytes, format: format)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8], format: CSVFormat) {
        let needsQuotes = text.utf8.contains {
            $0 == format.delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
