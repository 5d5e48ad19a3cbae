import Foundation

extension ONNXTensorProto {
    /// Decodes the elements from wherever they lie, widening narrow types.
    ///
    /// - Parameter count: The number of elements that `shape` asks for; nothing is allocated unless the data has them.
    func elements(count: Int, shape: [Int]) throws(TensorDecodingFailure) -> Tensor.Elements {
        let type = DataType(rawValue: Int(dataType)) ?? .UNRECOGNIZED(Int(dataType))
        guard let form = StoredForm(type) else {
            throw TensorDecodingFailure(
                message: "has \(type.phrase), which Slipway does not read", isUnsupportedType: true)
        }
        if hasRawData, hasTypedData {
            throw TensorDecodingFailure(message: "holds its elements twice, raw and typed")
        }
        if hasRawData { return try rawElements(form, count: count, shape: shape) }
        let found = typedCount(form)
        guard found == count else {
            throw TensorDecodingFailure(message: "holds \(found) elements where its shape \(shape) asks for \(count)")
        }
        return try typedElements(form)
    }

    private var hasTypedData: Bool {
        !floatData.isEmpty || !int32Data.isEmpty || !stringData.isEmpty || !int64Data.isEmpty || !doubleData.isEmpty
            || !uint64Data.isEmpty
    }

    private func typedCount(_ form: StoredForm) -> Int {
        switch form {
        case .float32: floatData.count
        case .float64: doubleData.count
        case .int64: int64Data.count
        case .uint32, .uint64: uint64Data.count
        case .string: stringData.count
        case .uint8, .int8, .uint16, .int16, .int32, .bool, .float16, .bfloat16: int32Data.count
        }
    }

    private func typedElements(_ form: StoredForm) throws(TensorDecodingFailure) -> Tensor.Elements {
        switch form {
        case .float32: .float32(floatData)
        case .float64: .float64(doubleData)
        case .int64: .int64(int64Data)
        case .int32: .int32(int32Data)
        case .uint8: .int64(try widen(int32Data, from: UInt8.self))
        case .int8: .int64(try widen(int32Data, from: Int8.self))
        case .uint16: .int64(try widen(int32Data, from: UInt16.self))
        case .int16: .int64(try widen(int32Data, from: Int16.self))
        case .uint32: .int64(try widen(uint64Data, from: UInt32.self))
        case .uint64: .int64(try widen(uint64Data, from: UInt64.self))
        case .bool: .bool(int32Data.map { $0 != 0 })
        case .float16: .float32(try bitPatterns().map { Float(halfBits: $0) })
        case .bfloat16: .float32(try bitPatterns().map { Float(brainBits: $0) })
        case .string: .string(try texts())
        }
    }

    private func rawElements(
        _ form: StoredForm, count: Int, shape: [Int]
    ) throws(TensorDecodingFailure) -> Tensor.Elements {
        guard let width = form.byteCount else { throw TensorDecodingFailure(message: "holds texts as raw data") }
        let (expected, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow, rawData.count == expected else {
            throw TensorDecodingFailure(
                message:
                    "holds \(rawData.count) bytes of raw data where its shape \(shape) asks for \(count) elements of "
                    + "\(width) bytes")
        }
        return switch form {
        case .float32: .float32(rawWords(UInt32.self, count).map(Float.init(bitPattern:)))
        case .float64: .float64(rawWords(UInt64.self, count).map(Double.init(bitPattern:)))
        case .int64: .int64(rawWords(Int64.self, count))
        case .int32: .int32(rawWords(Int32.self, count))
        case .uint8: .int64(rawWords(UInt8.self, count).map(Int64.init))
        case .int8: .int64(rawWords(Int8.self, count).map(Int64.init))
        case .uint16: .int64(rawWords(UInt16.self, count).map(Int64.init))
        case .int16: .int64(rawWords(Int16.self, count).map(Int64.init))
        case .uint32: .int64(rawWords(UInt32.self, count).map(Int64.init))
        case .uint64: .int64(try widen(rawWords(UInt64.self, count), from: UInt64.self))
        case .bool: .bool(rawWords(UInt8.self, count).map { $0 != 0 })
        case .float16: .float32(rawWords(UInt16.self, count).map { Float(halfBits: $0) })
        case .bfloat16: .float32(rawWords(UInt16.self, count).map { Float(brainBits: $0) })
        case .string: .string([])
        }
    }

    /// The raw bytes as little-endian words.
    private func rawWords<Word: FixedWidthInteger>(_ type: Word.Type, _ count: Int) -> [Word] {
        rawData.withUnsafeBytes { bytes in
            [Word](unsafeUninitializedCapacity: count) { words, written in
                UnsafeMutableRawBufferPointer(words).copyMemory(from: bytes)
                for index in 0..<count where Word.bitWidth > 8 { words[index] = Word(littleEndian: words[index]) }
                written = count
            }
        }
    }

    private func widen<Wide: FixedWidthInteger, Narrow: FixedWidthInteger>(
        _ values: [Wide], from narrow: Narrow.Type
    ) throws(TensorDecodingFailure) -> [Int64] {
        var result: [Int64] = []
        result.reserveCapacity(values.count)
        for value in values {
            guard let narrowed = Narrow(exactly: value), let widened = Int64(exactly: narrowed) else {
                throw TensorDecodingFailure(message: "holds \(value), which is out of range")
            }
            result.append(widened)
        }
        return result
    }

    private func bitPatterns() throws(TensorDecodingFailure) -> [UInt16] {
        try widen(int32Data, from: UInt16.self).map { UInt16(truncatingIfNeeded: $0) }
    }

    private func texts() throws(TensorDecodingFailure) -> [String] {
        var result: [String] = []
        result.reserveCapacity(stringData.count)
        for (index, bytes) in stringData.enumerated() {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw TensorDecodingFailure(message: "holds a text that is not UTF-8 at position \(index)")
            }
            result.append(text)
        }
        return result
    }
}

extension ONNXTensorProto.DataType {
    /// The type in words, to follow "has".
    var phrase: String {
        switch self {
        case .undefined: "no element type"
        case .UNRECOGNIZED(let number): "the unknown element type \(number)"
        default: "the element type \(self)"
        }
    }
}
