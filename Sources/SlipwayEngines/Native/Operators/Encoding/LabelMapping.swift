import SlipwayModel

/// Builds the table of `LabelEncoder` and `CategoryMapper` for whichever types their attributes hold.
enum LabelMapping {
    /// The kernel of a `LabelEncoder` of any version: class list (1), typed lists (2), tensors (4).
    static func kernel(labelEncoder context: NodeContext) throws(KernelProblem) -> any Kernel {
        if let classes = try context.strings("classes_strings") {
            return try both(texts: classes, integers: classes.indices.map { Int64($0) }, context)
        }
        return try kernel(
            keys: try keys(context), values: try values(context), findsUndefined: context.opset >= 4)
    }

    /// The kernel of a `CategoryMapper`: texts to whole numbers and back.
    static func kernel(categoryMapper context: NodeContext) throws(KernelProblem) -> any Kernel {
        let texts = try context.strings("cats_strings") ?? []
        let integers = (try context.integers("cats_int64s") ?? []).map { Int64($0) }
        return try both(texts: texts, integers: integers, context)
    }

    private static func both(
        texts: [String], integers: [Int64], _ context: NodeContext
    ) throws(KernelProblem) -> any Kernel {
        TwoWayKernel(
            integerOfText: try LabelEncoderKernel(
                keys: texts, values: integers, standard: Int64(try context.integer("default_int64", default: -1))),
            textOfInteger: try LabelEncoderKernel(
                keys: integers, values: texts, standard: try context.string("default_string") ?? "_Unused"))
    }

    private static func keys(_ context: NodeContext) throws(KernelProblem) -> Tensor.Elements {
        if let keys = try context.strings("keys_strings") { return .string(keys) }
        if let keys = try context.integers("keys_int64s") { return .int64(keys.map { Int64($0) }) }
        if let keys = try context.floats("keys_floats") { return .float32(keys) }
        if let keys = try context.tensor("keys_tensor") { return keys.elements }
        throw KernelProblem(.invalid, "no keys are given")
    }

    private static func values(
        _ context: NodeContext
    ) throws(KernelProblem) -> (elements: Tensor.Elements, standard: Tensor.Elements) {
        if let values = try context.strings("values_strings") {
            return (.string(values), .string([try context.string("default_string") ?? "_Unused"]))
        }
        if let values = try context.integers("values_int64s") {
            return (
                .int64(values.map { Int64($0) }), .int64([Int64(try context.integer("default_int64", default: -1))])
            )
        }
        if let values = try context.floats("values_floats") {
            return (.float32(values), .float32([try context.float("default_float", default: -0.0)]))
        }
        guard let values = try context.tensor("values_tensor") else {
            throw KernelProblem(.invalid, "no values are given")
        }
        if let standard = try context.tensor("default_tensor") {
            guard standard.count == 1 else { throw KernelProblem(.invalid, "the default is not one element") }
            return (values.elements, standard.elements)
        }
        switch values.elements {
        case .string: return (values.elements, .string(["_Unused"]))
        case .int64: return (values.elements, .int64([-1]))
        case .int32: return (values.elements, .int32([-1]))
        case .float32: return (values.elements, .float32([-0.0]))
        case .float64: return (values.elements, .float64([-0.0]))
        case .bool: throw KernelProblem(.unsupported, "truth values as labels are not covered")
        }
    }

    private static func kernel(
        keys: Tensor.Elements, values: (elements: Tensor.Elements, standard: Tensor.Elements), findsUndefined: Bool
    ) throws(KernelProblem) -> any Kernel {
        switch keys {
        case .string(let keys): return try kernel(keys, values, findsUndefined)
        case .int64(let keys): return try kernel(keys, values, findsUndefined)
        case .int32(let keys): return try kernel(keys, values, findsUndefined)
        case .float32(let keys): return try kernel(keys, values, findsUndefined)
        case .float64(let keys): return try kernel(keys, values, findsUndefined)
        case .bool: throw KernelProblem(.unsupported, "truth values as keys are not covered")
        }
    }

    private static func kernel<Key: TableKey>(
        _ keys: [Key], _ values: (elements: Tensor.Elements, standard: Tensor.Elements), _ findsUndefined: Bool
    ) throws(KernelProblem) -> any Kernel {
        switch (values.elements, values.standard) {
        case (.string(let array), .string(let standard)):
            return try LabelEncoderKernel(
                keys: keys, values: array, standard: standard[0], findsUndefined: findsUndefined)
        case (.int64(let array), .int64(let standard)):
            return try LabelEncoderKernel(
                keys: keys, values: array, standard: standard[0], findsUndefined: findsUndefined)
        case (.int32(let array), .int32(let standard)):
            return try LabelEncoderKernel(
                keys: keys, values: array, standard: standard[0], findsUndefined: findsUndefined)
        case (.float32(let array), .float32(let standard)):
            return try LabelEncoderKernel(
                keys: keys, values: array, standard: standard[0], findsUndefined: findsUndefined)
        case (.float64(let array), .float64(let standard)):
            return try LabelEncoderKernel(
                keys: keys, values: array, standard: standard[0], findsUndefined: findsUndefined)
        default: throw KernelProblem(.invalid, "values and their default differ in type")
        }
    }
}
