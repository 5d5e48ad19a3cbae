extension GraphReader {
    /// Decodes the constants of the graph by name.
    mutating func readInitializers() -> [String: Tensor] {
        var result: [String: Tensor] = [:]
        for tensor in message.initializer {
            if tensor.name.isEmpty { refuse("A constant of the graph has no name.") }
            let owner = "The constant \(quoted(tensor.name))"
            guard let decoded = readTensor(tensor, of: owner, node: nil) else { continue }
            if result.updateValue(decoded, forKey: tensor.name) != nil { refuse("\(owner) is given twice.") }
        }
        return result
    }

    /// The types of constants that tensors keep in a wider form.
    var narrowConstants: [String: ElementType] {
        var result: [String: ElementType] = [:]
        for tensor in message.initializer {
            if let type = ElementType(rawValue: Int(tensor.dataType)), type.narrow != nil { result[tensor.name] = type }
        }
        return result
    }

    /// Decodes one tensor, or notes why it cannot be.
    mutating func readTensor(_ tensor: ONNXTensorProto, of owner: String, node: String?) -> Tensor? {
        if tensor.dataLocation != .default || !tensor.externalData.isEmpty {
            refuse(
                as: .unsupportedModel, node: node,
                "\(owner) lies in another file (external data), which Slipway does not read; save the model as one file."
            )
            return nil
        }
        if tensor.hasSegment {
            refuse(as: .unsupportedModel, node: node, "\(owner) is spread over segments, which Slipway does not read.")
            return nil
        }
        let shape = tensor.dims.map { Int(clamping: $0) }
        guard let count = elementCount(shape, of: owner) else { return nil }
        do {
            let elements = try tensor.elements(count: count, shape: shape)
            let tensor = Tensor(shape: shape, elements: elements)
            return isWithinDecodedLimit(tensor, of: owner) ? tensor : nil
        } catch let cause {
            let kind: ModelError.Code = cause.isUnsupportedType ? .unsupportedModel : .invalidGraph
            refuse(as: kind, node: node, "\(owner) \(cause.message).")
            return nil
        }
    }

    private mutating func isWithinDecodedLimit(_ tensor: Tensor, of owner: String) -> Bool {
        decodedBytes += tensor.count * (tensor.elementType.byteCount ?? MemoryLayout<String>.stride)
        guard decodedBytes > model.limits.decodedByteCount else { return true }
        refuse(
            as: .limitExceeded,
            "\(owner) brings the constants above the limit of \(model.limits.decodedByteCount) bytes once decoded.")
        return false
    }
}
