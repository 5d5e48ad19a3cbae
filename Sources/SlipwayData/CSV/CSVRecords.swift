/// The records of a file or of bytes in memory, one at a time.
struct CSVRecords: ~Copyable {
    private(set) var tokenizer: CSVTokenizer
    private var bytes: [UInt8]
    private var position = 0
    private var isLast: Bool
    private let input: InputFile?

    /// Reads from bytes in memory.
    init(bytes: [UInt8], format: CSVFormat, limits: CSVLimits, file: String?) {
        tokenizer = CSVTokenizer(format: format, limits: limits, file: file)
        self.bytes = bytes
        isLast = true
        input = nil
        skipByteOrderMark()
    }

    /// Reads from a file, a chunk at a time.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    init(contentsOf path: String, format: CSVFormat, limits: CSVLimits) throws(DataError) {
        tokenizer = CSVTokenizer(format: format, limits: limits, file: path)
        bytes = []
        isLast = false
        let file = try InputFile(path: path)
        while bytes.count < 3, !isLast { isLast = try file.read(into: &bytes) == 0 }
        input = consume file
        skipByteOrderMark()
    }

    /// The number of fields of the record at hand.
    var fieldCount: Int { tokenizer.fields.count }

    /// Goes to the next record; `false` when there is none.
    mutating func next() throws(DataError) -> Bool {
        while true {
            if let end = try locate() {
                position = end
                return !tokenizer.fields.isEmpty
            }
            bytes.removeFirst(position)
            position = 0
            isLast = try input?.read(into: &bytes) ?? 0 == 0
        }
    }

    /// Goes back to the first record of bytes in memory.
    mutating func rewind() {
        tokenizer = CSVTokenizer(format: tokenizer.format, limits: tokenizer.limits, file: tokenizer.file)
        position = 0
        skipByteOrderMark()
    }

    /// Gives the bytes of a field as written, doubled quotes included.
    func withBytes<Result>(ofField index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let field = tokenizer.fields[index]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.start..<field.end])) }
    }

    /// The text of a field.
    ///
    /// - Throws: ``DataError`` when it is not UTF-8.
    func text(ofField index: Int) throws(DataError) -> String {
        let text =
            tokenizer.fields[index].hasDoubledQuotes
            ? String(validating: unquoted(index), as: UTF8.self)
            : withBytes(ofField: index) { String(validating: $0, as: UTF8.self) }
        guard let text else {
            throw tokenizer.failure("the text is not valid UTF-8", hint: "Save the file in UTF-8.")
        }
        return text
    }

    private func unquoted(_ index: Int) -> [UInt8] {
        var result: [UInt8] = []
        withBytes(ofField: index) { field in
            var isSecondQuote = false
            for byte in field {
                isSecondQuote = byte == UInt8(ascii: "\"") && !isSecondQuote
                if byte != UInt8(ascii: "\"") || isSecondQuote { result.append(byte) }
            }
        }
        return result
    }

    private mutating func locate() throws(DataError) -> Int? {
        // The local copy shares its storage; it lets the tokenizer change while the bytes are borrowed.
        let bytes = bytes
        return try bytes.withUnsafeBufferPointer { (buffer) throws(DataError) in
            try tokenizer.record(in: buffer, from: position, isLast: isLast)
        }
    }

    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
}
