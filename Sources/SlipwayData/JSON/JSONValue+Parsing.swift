extension JSONValue {
    /// Reads a document (RFC 8259) from bytes in memory.
    ///
    /// Stricter than many readers, because a request that means two things must not be answered: UTF-8 must be valid,
    /// a member name may occur once, escaped surrogates must pair, and a number must fit double precision. A byte
    /// order mark in front is skipped.
    ///
    /// - Parameters:
    ///   - bytes: The document; it is only read during the call.
    ///   - limits: How large the document may be.
    ///   - file: The name of the file that the bytes come from, for messages.
    /// - Throws: ``DataError`` of kind `malformed` or `limitExceeded`; the message names line and column.
    /// - Complexity: O(n).
    public init(
        parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = .default, file: String? = nil
    ) throws(DataError) {
        var parser = JSONParser(bytes: bytes, limits: limits, file: file)
        self = try parser.document()
    }

    /// Reads a document (RFC 8259) from any collection of bytes; those not stored in one piece are copied first.
    ///
    /// - Throws: ``DataError`` of kind `malformed` or `limitExceeded`; the message names line and column.
    public init(
        parsing bytes: some Collection<UInt8>, limits: JSONLimits = .default, file: String? = nil
    ) throws(DataError) {
        func parse(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, DataError> {
            Result { () throws(DataError) in
                try JSONValue(parsing: UnsafeRawBufferPointer(buffer), limits: limits, file: file)
            }
        }
        let result = bytes.withContiguousStorageIfAvailable(parse) ?? Array(bytes).withUnsafeBufferPointer(parse)
        self = try result.get()
    }

    /// Reads a document (RFC 8259) from text.
    ///
    /// - Throws: ``DataError`` of kind `malformed` or `limitExceeded`; the message names line and column.
    public init(parsing text: String, limits: JSONLimits = .default, file: String? = nil) throws(DataError) {
        try self.init(parsing: text.utf8, limits: limits, file: file)
    }
}
