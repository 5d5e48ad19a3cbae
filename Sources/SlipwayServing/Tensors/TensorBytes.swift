package import Foundation
package import SlipwayData
package import SlipwayModel

/// The raw form of tensors: little-endian elements in row-major order, each text behind its length in four bytes.
///
/// Source: the binary tensor data extension of the Open Inference Protocol.
package enum TensorBytes {
    /// Reads a tensor's elements as cells.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` when the bytes are not exactly those of `count` elements.
    package static func cells(
        _ type: ElementType, count: Int, from bytes: UnsafeRawBufferPointer, input name: String
    ) throws(ServingError) -> [Value] {
        guard let width = type.byteCount else { return try texts(count: count, from: bytes, input: name) }
        guard bytes.count == count * width else {
            throw ServingError(
                .malformed,
                "input '\(name)' has \(bytes.count) bytes, but \(count) elements of \(type.protocolName) take "
                    + "\(count * width)", field: name)
        }
        return switch type {
        case .float32: numbers(count, bytes) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
        case .float64: numbers(count, bytes) { (bits: UInt64) in Double(bitPattern: bits) }
        case .float16: numbers(count, bytes) { (bits: UInt16) in Double(Float(halfBits: bits)) }
        case .int8: wholes(count, bytes) { (bits: UInt8) in Int64(Int8(bitPattern: bits)) }
        case .int16: wholes(count, bytes) { (bits: UInt16) in Int64(Int16(bitPattern: bits)) }
        case .int32: wholes(count, bytes) { (bits: UInt32) in Int64(Int32(bitPattern: bits)) }
        case .int64: wholes(count, bytes) { (bits: UInt64) in Int64(bitPattern: bits) }
        case .uint8: wholes(count, bytes) { (bits: UInt8) in Int64(bits) }
        case .uint16: wholes(count, bytes) { (bits: UInt16) in Int64(bits) }
        case .uint32: wholes(count, bytes) { (bits: UInt32) in Int64(bits) }
        case .uint64: try largeWholes(count, bytes, input: name)
        case .bool: try truths(bytes, input: name)
        case .string: []
        }
    }

    /// Writes a tensor's elements in the type that the graph declares for them.
    ///
    /// - Parameter type: The declared type, whose values the tensor may hold in a wider form.
    package static func append(_ tensor: Tensor, as type: ElementType, to bytes: inout Data) {
        switch tensor.elements {
        case .float32(let array) where type == .float16: for value in array { append(value.halfBits, to: &bytes) }
        case .float32(let array): for value in array { append(value.bitPattern, to: &bytes) }
        case .float64(let array): for value in array { append(value.bitPattern, to: &bytes) }
        case .int32(let array): for value in array { append(value, to: &bytes) }
        case .int64(let array): for value in array { append(value, as: type, to: &bytes) }
        case .bool(let array): for value in array { append(value ? 1 : 0 as UInt8, to: &bytes) }
        case .string(let array):
            for text in array {
                append(UInt32(text.utf8.count), to: &bytes)
                bytes.append(contentsOf: text.utf8)
            }
        }
    }

    private static func append(_ whole: Int64, as type: ElementType, to bytes: inout Data) {
        switch type.byteCount {
        case 1: append(UInt8(truncatingIfNeeded: whole), to: &bytes)
        case 2: append(UInt16(truncatingIfNeeded: whole), to: &bytes)
        case 4: append(UInt32(truncatingIfNeeded: whole), to: &bytes)
        default: append(whole, to: &bytes)
        }
    }

    private static func append(_ whole: some FixedWidthInteger, to bytes: inout Data) {
        withUnsafeBytes(of: whole.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func elements<Bits: FixedWidthInteger>(
        _ count: Int, _ bytes: UnsafeRawBufferPointer, _ cell: (Bits) -> Value
    ) -> [Value] {
        (0..<count).map { index in
            cell(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: index * (Bits.bitWidth / 8), as: Bits.self)))
        }
    }

    private static func numbers<Bits: FixedWidthInteger>(
        _ count: Int, _ bytes: UnsafeRawBufferPointer, _ number: (Bits) -> Double
    ) -> [Value] {
        elements(count, bytes) { .number(number($0)) }
    }

    private static func wholes<Bits: FixedWidthInteger>(
        _ count: Int, _ bytes: UnsafeRawBufferPointer, _ whole: (Bits) -> Int64
    ) -> [Value] {
        elements(count, bytes) { .integer(whole($0)) }
    }

    private static func largeWholes(
        _ count: Int, _ bytes: UnsafeRawBufferPointer, input name: String
    ) throws(ServingError) -> [Value] {
        var cells: [Value] = []
        cells.reserveCapacity(count)
        for index in 0..<count {
            let bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            guard let whole = Int64(exactly: bits) else {
                throw ServingError(
                    .signatureMismatch, "input '\(name)' holds \(bits), which is above \(Int64.max)", field: name)
            }
            cells.append(.integer(whole))
        }
        return cells
    }

    private static func truths(
        _ bytes: UnsafeRawBufferPointer, input name: String
    ) throws(ServingError) -> [Value] {
        guard bytes.allSatisfy({ $0 <= 1 }) else {
            throw ServingError(.malformed, "input '\(name)' is BOOL, but holds bytes other than 0 and 1", field: name)
        }
        return bytes.map { .boolean($0 == 1) }
    }

    private static func texts(
        count: Int, from bytes: UnsafeRawBufferPointer, input name: String
    ) throws(ServingError) -> [Value] {
        var cells: [Value] = []
        // Each text takes four bytes at least, so a count from a shape cannot reserve more than was sent.
        cells.reserveCapacity(min(count, bytes.count / 4))
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 4 else { throw torn(name) }
            let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            offset += 4
            guard length <= bytes.count - offset else { throw torn(name) }
            let slice = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
            guard let text = String(validating: slice, as: UTF8.self) else {
                throw ServingError(.malformed, "input '\(name)' holds bytes that are no UTF-8 text", field: name)
            }
            cells.append(.string(text))
            offset += length
        }
        guard cells.count == count else {
            throw ServingError(
                .malformed, "input '\(name)' holds \(cells.count) texts, but its shape says \(count)", field: name)
        }
        return cells
    }

    private static func torn(_ name: String) -> ServingError {
        ServingError(.malformed, "input '\(name)' ends within a text or its length", field: name)
    }
}
