public import SlipwayData

extension Signature {
    /// The most fields that a signature may have.
    public static let fieldCountMax = 10_000

    /// Derives a signature from a graph, example rows, and what a person says.
    ///
    /// A graph with one input per column names the fields itself. A single wide input takes its names from
    /// ``SignatureOptions/columns``, else from the exporter's `feature_names` where the examples have all of them, else
    /// from the example columns in order, else numbers them: `input_0 … input_{n-1}`. A field without examples is
    /// optional where the model says that it can do without.
    ///
    /// - Parameters:
    ///   - graph: The model; outputs that no input has a part in are left out.
    ///   - examples: Rows with every field, and the target where there is one.
    ///   - options: Target, names, and overrides.
    /// - Throws: ``ModelError`` of kind `invalidSignature` when the examples do not fit the graph, a name repeats, the
    ///   target is among the fields, or an override names no field; `unsupportedModel` for inputs that are no tensors.
    public init(
        deriving graph: Graph, examples: Table? = nil, options: SignatureOptions = SignatureOptions()
    ) throws(ModelError) {
        var fields: [InputField] = []
        for input in graph.inputs {
            fields += try Self.fields(of: input, in: graph, examples: examples, options: options)
            guard fields.count <= Self.fieldCountMax else {
                throw ModelError(
                    .limitExceeded, "the model reads more than \(Self.fieldCountMax) values in a row",
                    hint: "Call it by the Open Inference Protocol behind a server that takes tensors.")
            }
        }
        try Self.requireDistinct(fields, target: options.target)
        try Self.requireKnown(options.overrides.keys.sorted(), among: fields)
        let optional = graph.optionalFeatures
        for index in fields.indices {
            fields[index].isRequired = !optional.contains(index)
            fields[index] = try FieldExamination(field: fields[index], examples: examples).examined()
            if let override = options.overrides[fields[index].name] {
                fields[index] = try override.applied(to: fields[index])
            }
        }
        let outputs = OutputField.derived(from: graph)
        guard !outputs.isEmpty else {
            throw ModelError(.invalidSignature, "no output of the model depends on what it reads")
        }
        let task = try Task(deriving: graph, outputs: outputs, examples: examples, options: options)
        self.init(inputs: fields, outputs: outputs, task: task)
    }

    private static func fields(
        of input: GraphValue, in graph: Graph, examples: Table?, options: SignatureOptions
    ) throws(ModelError) -> [InputField] {
        guard case .tensor(let type, _) = input.type else {
            throw ModelError(.unsupportedModel, "input '\(input.name)' is no tensor")
        }
        let names: [String]
        if graph.inputs.count == 1 {
            names = try soleNames(of: input, examples, options, graph)
        } else if let width = input.width {
            names = width == 1 ? [input.name] : numbered(input.name, width)
        } else {
            throw ModelError(
                .invalidSignature, "input '\(input.name)' leaves its width open and is not the only input",
                hint: "Export the model with a fixed width per input.")
        }
        guard !names.isEmpty else { throw ModelError(.invalidSignature, "input '\(input.name)' reads no values") }
        guard input.rowShape(width: names.count) != nil else {
            throw ModelError(
                .invalidSignature, "\(names.count) fields do not fill a row of the input '\(input.name)'",
                hint: "Name as many fields as the declared dimensions ask for, of which one may be open.")
        }
        return names.enumerated().map { index, name in
            InputField(
                name: name, type: type.columnType, slot: .init(input: input.name, index: index), elementType: type)
        }
    }

    private static func soleNames(
        of input: GraphValue, _ examples: Table?, _ options: SignatureOptions, _ graph: Graph
    ) throws(ModelError) -> [String] {
        let candidates: [String]
        let named = graph.featureNames.flatMap { names in
            input.width.map { $0 == names.count } ?? !names.isEmpty ? names : nil
        }
        if let columns = options.columns {
            candidates = columns
        } else if let examples {
            // A name that the model itself gives beats a place in a file.
            let own = named ?? input.width.map { $0 == 1 ? [input.name] : numbered(input.name, $0) } ?? []
            if !own.isEmpty, own.allSatisfy({ examples[$0] != nil }) { return own }
            candidates = examples.names.filter { $0 != options.target && !options.ignoredColumns.contains($0) }
        } else if let named {
            return named
        } else if let width = input.width {
            return width == 1 ? [input.name] : numbered(input.name, width)
        } else {
            throw ModelError(
                .invalidSignature, "input '\(input.name)' leaves its width open, so its fields are not known",
                hint: "Give rows with --examples, or the names of the fields with --columns.")
        }
        if let width = input.width, candidates.count != width {
            throw ModelError(
                .invalidSignature,
                "input '\(input.name)' reads \(width) values in a row, but there are \(candidates.count) columns for "
                    + "it: \(candidates.prefix(12).joined(separator: ", "))\(candidates.count > 12 ? ", …" : "")",
                hint: "Name the fields in order with --columns, or write them into the model as feature_names.")
        }
        return candidates
    }

    private static func numbered(_ name: String, _ width: Int) -> [String] {
        // One past the limit is enough for the caller to see that it is exceeded.
        (0..<min(width, fieldCountMax + 1)).map { "\(name)_\($0)" }
    }

    private static func requireDistinct(_ fields: [InputField], target: String?) throws(ModelError) {
        var seen: Set<String> = []
        for field in fields {
            guard seen.insert(field.name).inserted else {
                throw ModelError(
                    .invalidSignature, "two input fields are named '\(field.name)'",
                    hint: "Name the fields in order with --columns.", field: field.name)
            }
            guard field.name != target else {
                throw ModelError(
                    .invalidSignature, "the target '\(field.name)' is among the fields that the model reads",
                    hint: "Name the column of the true outcome with --target.", field: field.name)
            }
        }
    }

    private static func requireKnown(_ names: [String], among fields: [InputField]) throws(ModelError) {
        let known = Set(fields.map(\.name))
        for name in names where !known.contains(name) {
            throw ModelError(
                .invalidSignature, "there is no input field '\(name)' to override",
                hint: "The model's fields are \(fields.map(\.name).prefix(40).joined(separator: ", ")).", field: name)
        }
    }
}
