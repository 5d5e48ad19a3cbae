import CONNXRuntime
import SlipwayModel

extension Runtime {
    /// Copies a tensor into a value of the library, narrowed to the type that the graph declares.
    func value(of tensor: Tensor, declared: ElementType, field: String) throws(ModelError) -> Handle {
        var allocator: OpaquePointer?
        try check(ortDefaultAllocator(table, &allocator))
        let shape = tensor.shape.map(Int64.init)
        let value = try make(ORT_RELEASE_VALUE) {
            ortCreateTensor(table, allocator, shape, shape.count, Int32(declared.rawValue), &$0)
        }
        if tensor.count == 0 { return value }
        if case .string(let texts) = tensor.elements {
            guard let texts = CStrings(texts) else { throw unfit(field, "a text with a NUL character") }
            try check(texts.withPointers { ortFillTexts(table, value.pointer, $0.baseAddress, $0.count) })
        } else {
            var data: UnsafeMutableRawPointer?
            try check(ortTensorData(table, value.pointer, &data))
            guard let data else { throw ModelError(.inferenceFailed, "ONNX Runtime gave no memory for '\(field)'.") }
            try fill(data, with: tensor.elements, declared: declared, field: field)
        }
        return value
    }

    private func fill(
        _ data: UnsafeMutableRawPointer, with elements: Tensor.Elements, declared: ElementType, field: String
    ) throws(ModelError) {
        switch (elements, declared) {
        case (.float32(let values), .float16): copy(values.map(\.halfBits), to: data)
        case (.float32(let values), _): copy(values, to: data)
        case (.float64(let values), _): copy(values, to: data)
        case (.int32(let values), _): copy(values, to: data)
        case (.bool(let values), _): copy(values.map { $0 ? UInt8(1) : 0 }, to: data)
        case (.int64(let values), .uint8): copy(try narrow(values, to: UInt8.self, field: field), to: data)
        case (.int64(let values), .int8): copy(try narrow(values, to: Int8.self, field: field), to: data)
        case (.int64(let values), .uint16): copy(try narrow(values, to: UInt16.self, field: field), to: data)
        case (.int64(let values), .int16): copy(try narrow(values, to: Int16.self, field: field), to: data)
        case (.int64(let values), .uint32): copy(try narrow(values, to: UInt32.self, field: field), to: data)
        case (.int64(let values), .uint64): copy(try narrow(values, to: UInt64.self, field: field), to: data)
        case (.int64(let values), _): copy(values, to: data)
        case (.string, _): break
        }
    }

    private func copy<Element: BitwiseCopyable>(_ values: [Element], to data: UnsafeMutableRawPointer) {
        values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { data.copyMemory(from: source, byteCount: bytes.count) }
        }
    }

    private func narrow<Narrow: FixedWidthInteger>(
        _ values: [Int64], to type: Narrow.Type, field: String
    ) throws(ModelError) -> [Narrow] {
        var result: [Narrow] = []
        result.reserveCapacity(values.count)
        for value in values {
            guard let narrow = Narrow(exactly: value) else {
                throw unfit(field, "\(value), outside \(Narrow.min)...\(Narrow.max)")
            }
            result.append(narrow)
        }
        return result
    }

    private func unfit(_ field: String, _ what: String) -> ModelError {
        ModelError(.signatureMismatch, "The input '\(field)' holds \(what).", field: field)
    }
}
