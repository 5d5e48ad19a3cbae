import CONNXRuntime
public import SlipwayModel

/// A model loaded into one ONNX Runtime session, which any number of threads may use at once.
public struct ONNXRuntimePredictor: Predictor {
    /// The name of the engine that loaded the graph.
    public let engineName: String
    private let runtime: Runtime
    private let session: Handle
    private let inputs: [GraphValue]
    private let outputs: [Output]
    private let inputNames: CStrings
    private let outputNames: CStrings

    /// An output with the classes of its columns, where a `ZipMap` node writes it.
    private struct Output {
        var name: String
        var classes: [String]?
    }

    init(graph: Graph, runtime: Runtime, threads: Int, engineName: String) throws(ModelError) {
        guard let inputNames = CStrings(graph.inputs.map(\.name)),
            let outputNames = CStrings(graph.outputs.map(\.name))
        else { throw ModelError(.invalidGraph, "A name of the graph's inputs or outputs holds a NUL character.") }
        self.engineName = engineName
        self.runtime = runtime
        self.inputNames = inputNames
        self.outputNames = outputNames
        session = try runtime.session(of: graph.source, threads: threads)
        inputs = graph.inputs
        let writers = graph.nodes.filter { $0.operatorName == "ZipMap" }
        outputs = graph.outputs.map { output in
            let writer = writers.first { $0.outputs.contains(output.name) }
            return Output(name: output.name, classes: writer.flatMap(ONNXRuntimePredictor.classes))
        }
    }

    /// Runs the model over all rows; inputs that the graph does not ask for are ignored.
    ///
    /// No rows are answered with empty outputs of the right type and width.
    public func predict(_ tensors: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
        var asked: [Tensor] = []
        asked.reserveCapacity(inputs.count)
        for input in inputs {
            guard let tensor = tensors[input.name] else {
                throw ModelError(.signatureMismatch, "The input '\(input.name)' is missing.", field: input.name)
            }
            try check(tensor, fits: input)
            asked.append(tensor)
        }
        guard asked.contains(where: { $0.shape.first == 0 }) else { return try run(asked) }
        // Some operators of the library end the whole process when they get no rows, so one row stands in for them.
        let answer = try run(asked.map { $0.shape.first == 0 ? $0.placeholderRow : $0 })
        return answer.map { $0.tensor.shape.first == 1 ? $0.withoutRows : $0 }
    }

    private func run(_ tensors: [Tensor]) throws(ModelError) -> [PredictorOutput] {
        var values: [Handle] = []
        values.reserveCapacity(inputs.count)
        for (input, tensor) in zip(inputs, tensors) {
            values.append(try runtime.value(of: tensor, declared: input.type.elementType, field: input.name))
        }
        let results = try runtime.run(session, inputNames: inputNames, inputs: values, outputNames: outputNames)
        var answer: [PredictorOutput] = []
        answer.reserveCapacity(outputs.count)
        for (output, result) in zip(outputs, results) { answer.append(try read(result, as: output)) }
        return answer
    }

    private func check(_ tensor: Tensor, fits input: GraphValue) throws(ModelError) {
        guard case .tensor(let type, let shape) = input.type else {
            throw ModelError(.unsupportedModel, "The input '\(input.name)' is no tensor.", field: input.name)
        }
        guard tensor.elementType == type.storage else {
            throw ModelError(
                .signatureMismatch,
                "The input '\(input.name)' holds \(tensor.elementType), but the model asks for \(type.storage).",
                field: input.name)
        }
        guard !tensor.shape.dropFirst().contains(0) else {
            throw ModelError(
                .signatureMismatch, "The input '\(input.name)' has the shape \(tensor.shape), whose rows are empty.",
                field: input.name)
        }
        guard let shape else { return }
        let fits = shape.count == tensor.shape.count && zip(shape, tensor.shape).allSatisfy { $0 == nil || $0 == $1 }
        if !fits {
            let asked = shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
            throw ModelError(
                .signatureMismatch,
                "The input '\(input.name)' has the shape \(tensor.shape), but the model asks for [\(asked)].",
                field: input.name)
        }
    }

    private func read(_ value: Handle, as output: Output) throws(ModelError) -> PredictorOutput {
        switch try runtime.kind(of: value) {
        case Int(ORT_KIND_TENSOR): return PredictorOutput(name: output.name, tensor: try runtime.tensor(of: value))
        case Int(ORT_KIND_SEQUENCE):
            let parts = try runtime.parts(of: value)
            guard let first = parts.first, try runtime.kind(of: first) == Int(ORT_KIND_TENSOR) else {
                return try readMaps(parts, as: output)
            }
            var members: [Tensor] = []
            for part in parts { members.append(try runtime.tensor(of: part)) }
            guard let tensor = Tensor(sideBySide: members) else {
                throw ModelError(.inferenceFailed, "The output '\(output.name)' holds tensors that are no rows.")
            }
            return PredictorOutput(name: output.name, tensor: tensor)
        default:
            throw ModelError(
                .inferenceFailed, "The output '\(output.name)' is neither a tensor nor a sequence of maps.")
        }
    }

    /// Lays out one map per row as a matrix.
    ///
    /// The library sorts each map by key, so columns are put back into the order that the graph names the classes in.
    private func readMaps(_ rows: [Handle], as output: Output) throws(ModelError) -> PredictorOutput {
        var labels = output.classes ?? []
        var scores: [Float] = []
        var columns: [Int] = []
        for (index, row) in rows.enumerated() {
            guard try runtime.kind(of: row) == Int(ORT_KIND_MAP) else {
                throw ModelError(.inferenceFailed, "The output '\(output.name)' holds something other than maps.")
            }
            let parts = try runtime.parts(of: row)
            guard parts.count == 2 else {
                throw ModelError(.inferenceFailed, "The output '\(output.name)' holds a map without keys and values.")
            }
            if index == 0 {
                let keys = try runtime.tensor(of: parts[0]).texts
                if Set(labels) != Set(keys) { labels = keys }
                columns = labels.compactMap(keys.firstIndex)
                scores.reserveCapacity(rows.count * labels.count)
            }
            let values = try runtime.tensor(of: parts[1]).asDoubles ?? []
            guard values.count == labels.count else {
                throw ModelError(.inferenceFailed, "The output '\(output.name)' has rows of different classes.")
            }
            for column in columns { scores.append(Float(values[column])) }
        }
        let tensor = Tensor(shape: [rows.count, labels.count], elements: .float32(scores))
        return PredictorOutput(name: output.name, tensor: tensor, labels: labels)
    }

    /// The classes that a `ZipMap` node names, in its order.
    private static func classes(of zipMap: Node) -> [String]? {
        switch (zipMap.attributes["classlabels_int64s"], zipMap.attributes["classlabels_strings"]) {
        case (.integers(let labels)?, _) where !labels.isEmpty: labels.map(String.init)
        case (_, .strings(let labels)?): labels
        default: nil
        }
    }
}

extension ElementType {
    /// The type in which a ``Tensor`` holds elements of this one.
    fileprivate var storage: ElementType {
        switch self {
        case .float32, .float16: .float32
        case .uint8, .int8, .uint16, .int16, .int64, .uint32, .uint64: .int64
        case .float64, .int32, .bool, .string: self
        }
    }
}

extension Tensor {
    /// One row of zeros or empty texts, of the type and width of this tensor.
    fileprivate var placeholderRow: Tensor {
        let blank: Elements =
            switch elements {
            case .float32: .float32([Float](repeating: 0, count: width))
            case .float64: .float64([Double](repeating: 0, count: width))
            case .int32: .int32([Int32](repeating: 0, count: width))
            case .int64: .int64([Int64](repeating: 0, count: width))
            case .bool: .bool([Bool](repeating: false, count: width))
            case .string: .string([String](repeating: "", count: width))
            }
        return Tensor(shape: [1] + shape.dropFirst(), elements: blank)
    }

    /// The elements as class labels: texts as they are, whole numbers in digits.
    fileprivate var texts: [String] {
        switch elements {
        case .string(let texts): texts
        case .int64(let numbers): numbers.map(String.init)
        default: []
        }
    }
}

extension PredictorOutput {
    /// The output with no rows, of the same type and width.
    fileprivate var withoutRows: PredictorOutput {
        let none: Tensor.Elements =
            switch tensor.elements {
            case .float32: .float32([])
            case .float64: .float64([])
            case .int32: .int32([])
            case .int64: .int64([])
            case .bool: .bool([])
            case .string: .string([])
            }
        return PredictorOutput(
            name: name, tensor: Tensor(shape: [0] + tensor.shape.dropFirst(), elements: none), labels: labels)
    }
}
