import SlipwayModel

/// The keys and values of a `LabelEncoder` or `CategoryMapper`, whichever attributes hold them.
struct LabelTable {
    let keys: Tensor
    let values: Tensor
    /// The value of an unknown key, as a single element.
    let standard: Tensor
    /// Whether a NaN in the input finds a NaN among the keys, as since version 4 of the operator.
    let findsUndefined: Bool

    /// Reads the attributes of a node whose kernel has checked them.
    ///
    /// - Parameter isTextInput: Which way a table is read that goes both ways.
    init(_ context: NodeContext, isTextInput: Bool) throws(KernelProblem) {
        findsUndefined = context.opset >= 4 && context.node.operatorName == "LabelEncoder"
        let classes = try context.strings("classes_strings")
        let categories = try context.strings("cats_strings")
        if let texts = classes ?? categories {
            let numbers =
                classes == nil
                ? (try context.integers("cats_int64s") ?? []).map { Int64($0) } : texts.indices.map { Int64($0) }
            let textTable = Tensor(texts, shape: [texts.count])
            let numberTable = Tensor(numbers, shape: [numbers.count])
            keys = isTextInput ? textTable : numberTable
            values = isTextInput ? numberTable : textTable
            standard =
                isTextInput
                ? Tensor([Int64(try context.integer("default_int64", default: -1))], shape: [1])
                : Tensor([try context.string("default_string") ?? "_Unused"], shape: [1])
            return
        }
        keys = try Self.list(context, "keys")
        values = try Self.list(context, "values")
        standard = try Self.standard(context, values.elementType)
    }

    private static func list(_ context: NodeContext, _ name: String) throws(KernelProblem) -> Tensor {
        if let texts = try context.strings("\(name)_strings") { return Tensor(texts, shape: [texts.count]) }
        if let numbers = try context.integers("\(name)_int64s") {
            return Tensor(numbers.map { Int64($0) }, shape: [numbers.count])
        }
        if let floats = try context.floats("\(name)_floats") { return Tensor(floats, shape: [floats.count]) }
        guard let tensor = try context.tensor("\(name)_tensor") else {
            throw KernelProblem(.invalid, "no \(name) are given")
        }
        return tensor
    }

    private static func standard(_ context: NodeContext, _ type: ElementType) throws(KernelProblem) -> Tensor {
        if let tensor = try context.tensor("default_tensor") { return tensor }
        switch type {
        case .string: return Tensor([try context.string("default_string") ?? "_Unused"], shape: [1])
        case .int64: return Tensor([Int64(try context.integer("default_int64", default: -1))], shape: [1])
        case .int32: return Tensor([-1 as Int32], shape: [1])
        case .float32: return Tensor([try context.float("default_float", default: 0)], shape: [1])
        case .float64: return Tensor([0.0], shape: [1])
        default: throw KernelProblem(.unsupported, "labels of \(type) are not covered")
        }
    }
}
