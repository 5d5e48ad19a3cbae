import CONNXRuntime
import SlipwayModel

extension Runtime {
    /// The number that the library gives bfloat16, which ``ElementType`` lacks.
    private static let brainFloat = 16

    /// The kind of a value: tensor, sequence, or map.
    func kind(of value: Handle) throws(ModelError) -> Int {
        var kind: Int32 = 0
        try check(ortValueKind(table, value.pointer, &kind))
        return Int(kind)
    }

    /// Copies a tensor out of the library, widened as ``Tensor`` holds it.
    func tensor(of value: Handle) throws(ModelError) -> Tensor {
        let info = try make(ORT_RELEASE_TENSOR_INFO) { ortTensorInfo(table, value.pointer, &$0) }
        var type: Int32 = 0
        var rank = 0
        try check(ortElementType(table, info.pointer, &type))
        try check(ortRank(table, info.pointer, &rank))
        var dimensions = [Int64](repeating: 0, count: rank)
        try check(ortDimensions(table, info.pointer, &dimensions, rank))
        let shape = dimensions.map(Int.init)
        let count = shape.reduce(1, *)
        if type == ElementType.string.rawValue {
            return Tensor(shape: shape, elements: .string(try texts(of: value, count: count)))
        }
        var data: UnsafeMutableRawPointer?
        if count > 0 { try check(ortTensorData(table, value.pointer, &data)) }
        let elements = try withExtendedLifetime(value) { () throws(ModelError) in
            try decode(data.map { UnsafeRawPointer($0) }, type, count)
        }
        return Tensor(shape: shape, elements: elements)
    }

    /// The parts of a sequence, or the keys and values of a map.
    func parts(of value: Handle) throws(ModelError) -> [Handle] {
        var allocator: OpaquePointer?
        try check(ortDefaultAllocator(table, &allocator))
        var count = 0
        try check(ortPartCount(table, value.pointer, &count))
        var result: [Handle] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            result.append(
                try make(ORT_RELEASE_VALUE) { ortPart(table, value.pointer, Int32(index), allocator, &$0) })
        }
        return result
    }

    private func decode(
        _ data: UnsafeRawPointer?, _ type: Int32, _ count: Int
    ) throws(ModelError) -> Tensor.Elements {
        if Int(type) == Runtime.brainFloat {
            return .float32(read(UInt16.self, data, count).map { Float(brainBits: $0) })
        }
        switch ElementType(rawValue: Int(type)) {
        case .float32: return .float32(read(Float.self, data, count))
        case .float64: return .float64(read(Double.self, data, count))
        case .float16: return .float32(read(UInt16.self, data, count).map { Float(halfBits: $0) })
        case .int32: return .int32(read(Int32.self, data, count))
        case .int64: return .int64(read(Int64.self, data, count))
        case .uint8: return .int64(read(UInt8.self, data, count).map(Int64.init))
        case .int8: return .int64(read(Int8.self, data, count).map(Int64.init))
        case .uint16: return .int64(read(UInt16.self, data, count).map(Int64.init))
        case .int16: return .int64(read(Int16.self, data, count).map(Int64.init))
        case .uint32: return .int64(read(UInt32.self, data, count).map(Int64.init))
        case .bool: return .bool(read(UInt8.self, data, count).map { $0 != 0 })
        case .uint64:
            let wide = read(UInt64.self, data, count)
            if let first = wide.first(where: { $0 > UInt64(Int64.max) }) {
                throw ModelError(.inferenceFailed, "The model wrote \(first), which does not fit 64 signed bits.")
            }
            return .int64(wide.map(Int64.init))
        case .string, nil:
            throw ModelError(.inferenceFailed, "The model wrote elements of type \(type), which Slipway does not read.")
        }
    }

    private func read<Element: BitwiseCopyable>(
        _ type: Element.Type, _ data: UnsafeRawPointer?, _ count: Int
    ) -> [Element] {
        guard let data, count > 0 else { return [] }
        return [Element](unsafeUninitializedCapacity: count) { elements, written in
            let source = UnsafeRawBufferPointer(start: data, count: count * MemoryLayout<Element>.stride)
            UnsafeMutableRawBufferPointer(elements).copyMemory(from: source)
            written = count
        }
    }

    private func texts(of value: Handle, count: Int) throws(ModelError) -> [String] {
        guard count > 0 else { return [] }
        var byteCount = 0
        try check(ortTextByteCount(table, value.pointer, &byteCount))
        // One byte more, so that the memory exists even where all texts are empty.
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        var offsets = [Int](repeating: 0, count: count)
        try check(ortTexts(table, value.pointer, &bytes, byteCount, &offsets, count))
        offsets.append(byteCount)
        var result: [String] = []
        result.reserveCapacity(count)
        for (start, end) in zip(offsets, offsets.dropFirst()) {
            guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
                throw ModelError(.inferenceFailed, "The model wrote a text that is not UTF-8.")
            }
            result.append(text)
        }
        return result
    }
}
