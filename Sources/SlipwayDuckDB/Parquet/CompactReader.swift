import SlipwayData

/// Reads Thrift's compact protocol, in which the footer of a Parquet file is written, and believes nothing in it.
///
/// Every read is checked against the bytes that are there, and every list says what it holds before its size is used.
struct CompactReader {
    /// What a field or an element is; the raw values are the protocol's.
    enum Kind: UInt8 {
        case yes = 1
        case no, byte, int16, int32, int64, double, binary, list, set, map, structure

        /// Whether it is a whole number that is written in as many bytes as it needs.
        var isWhole: Bool { self == .int16 || self == .int32 || self == .int64 }
    }

    /// How deep structures may lie in each other.
    static let depthMax = 16
    /// The longest text, in bytes.
    static let textByteCountMax = 1_024

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next field of a structure; `nil` at its end.
    ///
    /// - Parameter last: The number of the field before, which this call moves on; 0 at the beginning.
    mutating func field(after last: inout Int16) throws(DataError) -> Kind? {
        let head = try byte()
        guard head & 0xF != 0 else { return nil }
        let step = Int16(head >> 4)
        last = step == 0 ? Int16(truncatingIfNeeded: try whole()) : last &+ step
        return try kind(head & 0xF)
    }

    /// The head of a list: the number of its elements, all of a kind.
    mutating func count(ofListOf wanted: Kind, countMax: Int) throws(DataError) -> Int {
        let head = try byte()
        let short = Int(head >> 4)
        let count = short == 15 ? Int(clamping: try varint()) : short
        guard try kind(head & 0xF) == wanted else { throw Self.malformed("a list holds what it should not") }
        guard count <= countMax else {
            throw DataError(.limitExceeded, "the Parquet file has a list of more than \(countMax) parts")
        }
        // Every element has a byte at least, so a list that says more is never made room for.
        guard count <= bytes.count - position else { throw Self.malformed("a list is longer than the file") }
        return count
    }

    /// A whole number of any width.
    mutating func whole() throws(DataError) -> Int64 {
        let number = try varint()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A text.
    mutating func text() throws(DataError) -> String {
        let span = try take(Int(clamping: try varint()))
        guard span.count <= Self.textByteCountMax, let text = String(validating: span, as: UTF8.self) else {
            throw Self.malformed("a name is no text of \(Self.textByteCountMax) bytes at most")
        }
        return text
    }

    /// Passes over a value that holds no list, nor any structure that does.
    mutating func skip(_ kind: Kind, depth: Int = 0) throws(DataError) {
        guard depth < Self.depthMax else { throw Self.malformed("its parts lie too deep in each other") }
        switch kind {
        case .yes, .no: break
        case .byte: _ = try byte()
        case .int16, .int32, .int64: _ = try varint()
        case .double: _ = try take(8)
        case .binary: _ = try take(Int(clamping: try varint()))
        case .structure:
            var last: Int16 = 0
            while let kind = try field(after: &last) { try skip(kind, depth: depth + 1) }
        case .list, .set, .map: throw Self.malformed("it holds a list that is not known")
        }
    }

    /// Passes over a list of values that hold none.
    mutating func skipList(of kind: Kind, countMax: Int) throws(DataError) {
        for _ in 0..<(try count(ofListOf: kind, countMax: countMax)) { try skip(kind) }
    }

    static func malformed(_ reason: String) -> DataError {
        DataError(.malformed, "the bytes are no Parquet file that can be read: \(reason)")
    }

    private func kind(_ number: UInt8) throws(DataError) -> Kind {
        guard let kind = Kind(rawValue: number) else { throw Self.malformed("a part is of no known kind") }
        return kind
    }

    private mutating func byte() throws(DataError) -> UInt8 {
        guard position < bytes.count else { throw Self.malformed("its footer ends too early") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ count: Int) throws(DataError) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else { throw Self.malformed("its footer ends too early") }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private mutating func varint() throws(DataError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            number |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return number }
        }
        throw Self.malformed("a number is too long")
    }
}
