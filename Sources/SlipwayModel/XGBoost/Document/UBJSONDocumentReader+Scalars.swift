extension UBJSONDocumentReader {
    /// The bytes of a number of a type, or `nil` for other types.
    static func size(of type: UInt8) -> Int? {
        switch type {
        case Marker.int8, Marker.uint8: 1
        case Marker.int16: 2
        case Marker.int32, Marker.float32: 4
        case Marker.int64, Marker.float64: 8
        default: nil
        }
    }

    /// Whether values of the type have a length of their own.
    static func isTextOrContainer(_ type: UInt8) -> Bool {
        [Marker.text, Marker.character, Marker.decimal, Marker.array, Marker.object].contains(type)
    }

    /// Whether values of the type are their marker alone.
    ///
    /// In a container of a shared type they take no bytes at all; they count as one, as XGBoost never writes them so.
    static func isWithoutPayload(_ type: UInt8) -> Bool { [Marker.yes, Marker.no, Marker.null].contains(type) }

    /// A marker as messages show it.
    static func name(of marker: UInt8) -> String {
        (0x21...0x7E).contains(marker) ? "the marker '\(Character(Unicode.Scalar(marker)))'" : "the byte \(marker)"
    }

    mutating func text() throws(ModelError) -> String {
        let marker = try takeMarker()
        guard marker == Marker.text else { throw malformed("expected a text, found \(Self.name(of: marker))") }
        return try lengthAndText()
    }

    /// Reads a text without marker, as the names of members are.
    mutating func lengthAndText() throws(ModelError) -> String {
        let count = try length()
        guard count <= remainingCount else {
            throw malformed("a text of \(count) bytes is announced, but only \(remainingCount) follow")
        }
        let content = bytes[position..<(position + count)]
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("a text is not UTF-8") }
        position += count
        return text
    }

    /// Reads a length or count with its marker.
    mutating func length() throws(ModelError) -> Int {
        let marker = try byte()
        guard let value = try whole(marker), let count = Int(exactly: value), count >= 0 else {
            throw malformed("expected a length, found \(Self.name(of: marker))")
        }
        return count
    }

    mutating func integer() throws(ModelError) -> Int64 {
        let marker = try takeMarker()
        guard let value = try whole(marker) else {
            throw malformed("expected a whole number, found \(Self.name(of: marker))")
        }
        return value
    }

    mutating func skipScalar() throws(ModelError) {
        let marker = try takeMarker()
        switch marker {
        case Marker.text, Marker.decimal: _ = try lengthAndText()
        case Marker.character: _ = try byte()
        case Marker.yes, Marker.no, Marker.null: break
        default: _ = try number(marker)
        }
    }

    /// Reads the value behind the marker of a whole number or truth value; `nil` for any other marker.
    private mutating func whole(_ marker: UInt8) throws(ModelError) -> Int64? {
        switch marker {
        case Marker.int8: Int64(try load(Int8.self))
        case Marker.uint8: Int64(try load(UInt8.self))
        case Marker.int16: Int64(try load(Int16.self))
        case Marker.int32: Int64(try load(Int32.self))
        case Marker.int64: try load(Int64.self)
        case Marker.yes: 1
        case Marker.no: 0
        default: nil
        }
    }

    /// Reads the number behind a marker, rounded once to single precision.
    private mutating func number(_ marker: UInt8) throws(ModelError) -> Float {
        switch marker {
        case Marker.float32: return Float(bitPattern: try load(UInt32.self))
        case Marker.float64: return Float(Double(bitPattern: try load(UInt64.self)))
        default:
            guard let value = try whole(marker) else {
                throw malformed("expected a number, found \(Self.name(of: marker))")
            }
            return Float(value)
        }
    }

    /// Reads an integer of fixed width in the format's byte order.
    private mutating func load<Whole: FixedWidthInteger>(_ type: Whole.Type) throws(ModelError) -> Whole {
        guard remainingCount >= MemoryLayout<Whole>.size else { throw malformed("the file ends too early") }
        defer { position += MemoryLayout<Whole>.size }
        return Whole(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Whole.self))
    }

    mutating func floats() throws(ModelError) -> [Float] {
        try enterArray()
        if stack.current?.sharedType == Marker.float32 {
            let words = block(of: UInt32.self)
            return words.map { Float(bitPattern: UInt32(bigEndian: $0)) }
        }
        var numbers: [Float] = []
        while try nextElement() { numbers.append(try number(try takeMarker())) }
        return numbers
    }

    mutating func integers() throws(ModelError) -> [Int32] {
        try enterArray()
        switch stack.current?.sharedType {
        case Marker.int32?: return block(of: Int32.self).map { Int32(bigEndian: $0) }
        case Marker.uint8?: return block(of: UInt8.self).map { Int32($0) }
        default: break
        }
        var numbers: [Int32] = []
        while try nextElement() {
            let whole = try integer()
            guard let narrow = Int32(exactly: whole) else { throw malformed("\(whole) does not fit 32 bits") }
            numbers.append(narrow)
        }
        return numbers
    }

    /// Reads all elements of the array of a shared type that was entered last, and leaves it.
    ///
    /// That the bytes are there was checked when the count was read.
    private mutating func block<Word: FixedWidthInteger>(of type: Word.Type) -> [Word] {
        let count = stack.current?.remaining ?? 0
        let start = position
        position += count * MemoryLayout<Word>.size
        stack.leave()
        return [Word](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            let source = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
            initializedCount = count
        }
    }
}
