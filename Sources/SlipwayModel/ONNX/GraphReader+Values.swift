extension GraphReader {
    /// Converts the declared inputs or outputs; those that cannot be are noted and left out.
    mutating func readValues(_ values: [ONNXValueInfoProto], role: String) -> [GraphValue] {
        if role == "output", values.isEmpty { refuse("The graph has no output.") }
        var seen: Set<String> = []
        var result: [GraphValue] = []
        for value in values {
            if value.name.isEmpty { refuse("An \(role) of the graph has no name.") }
            if !seen.insert(value.name).inserted {
                refuse("The graph declares the \(role) \(quoted(value.name)) twice.")
            } else if let type = readType(value.type, of: "The \(role) \(quoted(value.name))") {
                result.append(GraphValue(name: value.name, type: type))
            }
        }
        return result
    }

    private mutating func readType(_ type: ONNXTypeProto, of owner: String) -> ValueType? {
        switch type.value {
        case .tensorType(let tensor):
            return readTensorType(tensor, of: owner)
        case .sequenceType(let sequence): return readSequenceType(sequence, of: owner)
        case .mapType: return refuseType("a map", owner)
        case .optionalType: return refuseType("an optional", owner)
        case .sparseTensorType: return refuseType("a sparse tensor", owner)
        case .opaqueType: return refuseType("an opaque type", owner)
        case nil:
            refuse("\(owner) declares no type.")
            return nil
        }
    }

    private mutating func readSequenceType(_ sequence: ONNXTypeProto.Sequence, of owner: String) -> ValueType? {
        switch sequence.elemType.value {
        case .tensorType(let tensor):
            return readElementType(tensor.elemType, of: owner).map(ValueType.sequenceOfTensors)
        case .mapType(let map):
            guard case .tensorType(let value) = map.valueType.value,
                let key = readElementType(map.keyType, of: owner),
                let element = readElementType(value.elemType, of: owner)
            else { return refuseType("a sequence of maps of anything but numbers", owner) }
            return .sequenceOfMaps(key: key, value: element)
        default: return refuseType("a sequence of anything but maps and tensors", owner)
        }
    }

    private mutating func refuseType(_ what: String, _ owner: String) -> ValueType? {
        refuse(as: .unsupportedModel, "\(owner) is \(what); Slipway reads tensors and sequences of maps or tensors.")
        return nil
    }

    private mutating func readTensorType(_ tensor: ONNXTypeProto.Tensor, of owner: String) -> ValueType? {
        guard let element = readElementType(tensor.elemType, of: owner) else { return nil }
        guard tensor.hasShape else { return .tensor(element, shape: nil) }
        // A negative dimension is how some exporters write an open one.
        let shape = tensor.shape.dim.map { dimension -> Int? in
            guard case .dimValue(let size) = dimension.value, size >= 0 else { return nil }
            return Int(clamping: size)
        }
        guard elementCount(shape.map { $0 ?? 1 }, of: owner) != nil else { return nil }
        return .tensor(element, shape: shape)
    }

    private mutating func readElementType(_ number: Int32, of owner: String) -> ElementType? {
        if let type = ElementType(rawValue: Int(number)) { return type }
        let type = ONNXTensorProto.DataType(rawValue: Int(number)) ?? .UNRECOGNIZED(Int(number))
        refuse(as: .unsupportedModel, "\(owner) has \(type.phrase), which Slipway does not read.")
        return nil
    }

    /// The product of dimensions, or `nil` with a finding when it is out of bounds.
    mutating func elementCount(_ shape: [Int], of owner: String) -> Int? {
        guard shape.count <= model.limits.rank else {
            refuse(
                as: .limitExceeded, "\(owner) has \(shape.count) dimensions; the limit is \(model.limits.rank).")
            return nil
        }
        // Zeros count as one here, so that no part of the shape overflows when multiplied alone.
        var bound = 1
        for dimension in shape {
            guard dimension >= 0 else {
                refuse("\(owner) has the negative dimension \(dimension).")
                return nil
            }
            let (product, overflow) = bound.multipliedReportingOverflow(by: max(dimension, 1))
            guard dimension <= model.limits.dimension, !overflow else {
                refuse(
                    as: .limitExceeded,
                    "\(owner) has the shape \(shape), which is larger than \(model.limits.dimension) elements a dimension "
                        + "or 64 bits in all.")
                return nil
            }
            bound = product
        }
        return shape.contains(0) ? 0 : bound
    }
}
