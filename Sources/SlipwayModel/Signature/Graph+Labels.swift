import SlipwayData

extension Graph {
    /// The names of the fields that the exporter wrote into the model, if it did.
    ///
    /// Read from the metadata entry `feature_names`, a JSON list or a text separated by commas.
    var featureNames: [String]? {
        guard let text = metadata["feature_names"] else { return nil }
        if let parsed = try? JSONValue(parsing: Array(text.utf8)), case .array(let items) = parsed {
            let names = items.compactMap { $0.asValue?.text }
            return names.count == items.count ? names : nil
        }
        return text.split(separator: ",").map { $0.trimmingSpaces() }
    }

    /// The metadata entry of ``optionalFeatures``.
    static let optionalFeaturesKey = "optional_features"

    /// The places among ``featureNames`` of those that the model learned to do without, or never reads; Slipway's own
    /// readers of model files write them.
    var optionalFeatures: Set<Int> {
        guard let text = metadata[Self.optionalFeaturesKey], let names = featureNames,
            case .array(let items)? = try? JSONValue(parsing: text)
        else { return [] }
        let optional = Set(items.compactMap { $0.asValue?.text })
        return Set(names.indices.filter { optional.contains(names[$0]) })
    }

    /// The classes of a classifier's output: those of the `ZipMap` that writes it, else of the classifier behind it.
    func classLabels(of output: String) -> [String]? {
        var name = output
        // Exporters put at most a few casts and reshapes behind a classifier; the bound also ends malformed chains.
        for _ in 0..<16 {
            guard let node = nodes.first(where: { $0.outputs.contains(name) }) else { return nil }
            // Behind a regressor, as in a stack of models, the classes are those of somebody else; in a sequence each
            // member has its own.
            guard !node.operatorName.hasSuffix("Regressor"), node.operatorName != "SequenceConstruct" else {
                return nil
            }
            if let labels = node.classLabels ?? pickedLabels(by: node) { return labels }
            guard let input = node.inputs.first else { return nil }
            name = input
        }
        return nil
    }

    /// The classes that an `ArrayFeatureExtractor` or a `Gather` picks from by index, as is written for an `ArgMax`.
    private func pickedLabels(by node: Node) -> [String]? {
        guard ["ArrayFeatureExtractor", "Gather"].contains(node.operatorName),
            let constant = node.inputs.first.flatMap({ initializers[$0] })
        else { return nil }
        switch constant.elements {
        case .string(let labels): return labels
        case .int64(let labels): return labels.map(String.init)
        case .int32(let labels): return labels.map(String.init)
        default: return nil
        }
    }
}

extension Node {
    /// The class labels among the attributes of a classifier.
    fileprivate var classLabels: [String]? {
        for name in ["classlabels_strings", "classlabels_string"] {
            if case .strings(let labels)? = attributes[name], !labels.isEmpty { return labels }
        }
        for name in ["classlabels_int64s", "classlabels_ints", "classlabels_int64"] {
            if case .integers(let labels)? = attributes[name], !labels.isEmpty { return labels.map(String.init) }
        }
        return nil
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
