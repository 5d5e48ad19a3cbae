import SlipwayData

/// The categories of a pandas column that a model was trained on.
///
/// pandas gives each category a number by its place in the list. The file keeps the lists but not the columns they
/// belong to, so they are matched with the categorical features in order.
struct LightGBMCategories: Sendable, Equatable {
    /// What callers send.
    enum Keys: Sendable, Equatable {
        case texts([String])
        /// Numbers, or truth as 0 and 1.
        case numbers([Double])
    }

    /// The feature.
    let feature: Int
    let keys: Keys

    /// Matches the lists of a file with its features.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` when there are more or fewer lists than categorical
    ///   features, as ordered categories make it, or a list mixes texts and numbers.
    static func matched(
        _ notes: LightGBMNotes, with header: LightGBMHeader
    ) throws(ModelError) -> [LightGBMCategories] {
        let lists = notes.pandasCategories
        guard !lists.isEmpty else { return [] }
        let features = notes.categoricalFeatures ?? header.categoricalFeatures
        guard lists.count == features.count, features.allSatisfy(header.featureNames.indices.contains) else {
            throw ModelError(
                .unsupportedModel,
                "the LightGBM model lists the categories of \(lists.count) pandas columns but has \(features.count) "
                    + "categorical features, so it is not known which belong together",
                hint: "Turn ordered categories into numbers before training, and let LightGBM find the others "
                    + "(categorical_feature='auto').")
        }
        var matched: [LightGBMCategories] = []
        for (feature, values) in zip(features, lists) {
            matched.append(
                LightGBMCategories(feature: feature, keys: try keys(of: values, name: header.featureNames[feature])))
        }
        return matched
    }

    private static func keys(of values: [Value], name: String) throws(ModelError) -> Keys {
        let texts = values.compactMap { value -> String? in if case .string(let text) = value { text } else { nil } }
        if texts.count == values.count, Set(texts.map(ByteText.init)).count == texts.count { return .texts(texts) }
        let numbers = texts.isEmpty ? values.compactMap(\.asNumber) : []
        if numbers.count == values.count, Set(numbers).count == numbers.count { return .numbers(numbers) }
        throw ModelError(
            .unsupportedModel, "the categories of '\(name)' in the LightGBM model are not all texts or all numbers",
            hint: "Turn them into texts before training.", field: name)
    }
}

extension LightGBMCategories {
    /// Adds the input of the column and the node that turns its categories into their numbers, NaN for unknown ones.
    ///
    /// - Returns: The name of the column of numbers.
    func write(to builder: inout ONNXModelBuilder, reading input: String) -> String {
        let elements: Tensor.Elements
        let count: Int
        switch keys {
        case .texts(let texts): (elements, count) = (.string(texts), texts.count)
        case .numbers(let numbers): (elements, count) = (.float64(numbers), numbers.count)
        }
        let codes = Tensor(shape: [count], elements: .float64((0..<count).map(Double.init)))
        let unknown = Tensor(shape: [1], elements: .float64([.nan]))
        return builder.node(
            "LabelEncoder", [input], domain: "ai.onnx.ml",
            attributes: [
                .tensor("keys_tensor", ONNXTensorProto(Tensor(shape: [count], elements: elements), name: "keys")),
                .tensor("values_tensor", ONNXTensorProto(codes, name: "values")),
                .tensor("default_tensor", ONNXTensorProto(unknown, name: "default")),
            ], output: "\(input)_code")
    }
}
