import SlipwayData
import SlipwayModel

/// Turns a graph into expressions over the fields of a signature, by running it over rows of expressions.
///
/// The graph is run for a few rows at once, as the native engine would run it, with expressions in place of numbers. So
/// whatever shapes it goes through, each element of an output is in the end an expression, and the row it came from
/// is known: rows that are brought together are refused, and each row must have come out the same.
struct GraphLowering {
    /// What an output is made of.
    struct Output {
        let name: String
        let elementType: ElementType
        /// One expression per column.
        let columns: [ExpressionID]
    }

    let graph: Graph
    let rowCount: Int
    var pool = ExpressionPool()
    /// Conditions under which the model refuses a row.
    var refusals: [ExpressionID] = []
    /// Whether the number of rows has become a number that the graph computes with.
    var readsRowCount = false
    private(set) var outputs: [Output] = []
    private var values: [String: LoweredValue] = [:]
    /// Results of operators on whole rows, by the features of the row.
    private var rowResults: [String: [[ExpressionID]: [[ExpressionID]]]] = [:]

    /// Lowers a graph.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` with every node that has no counterpart in SQL.
    init(_ graph: Graph, _ signature: Signature) throws(ModelError) {
        try self.init(graph, signature, rowCount: graph.readsOneRow ? 1 : 2)
        guard readsRowCount, rowCount > 1 else { return }
        let other = try GraphLowering(graph, signature, rowCount: 3)
        guard outputs.map(\.columns) == other.outputs.map(\.columns), pool.expressions == other.pool.expressions else {
            throw ModelError(
                .unsupportedModel, "the answers depend on the number of rows, which SQL export does not cover")
        }
    }

    private init(_ graph: Graph, _ signature: Signature, rowCount: Int) throws(ModelError) {
        self.graph = graph
        self.rowCount = rowCount
        for (name, tensor) in graph.initializers { values[name] = .constant(tensor) }
        try bind(signature)
        var problems: [ModelError] = []
        for node in graph.nodes {
            // A node that reads what could not be lowered says nothing new.
            guard problems.isEmpty || node.inputs.allSatisfy({ $0.isEmpty || values[$0] != nil }) else { continue }
            do throws(KernelProblem) {
                try lower(node)
            } catch {
                problems.append(error.refusal(of: node))
            }
        }
        if let fault = problems.first(where: { $0.kind != .unsupportedModel }) { throw fault }
        if let first = problems.first {
            throw ModelError(
                .unsupportedModel, problems.prefix(5).map(\.message).joined(separator: "; "), hint: first.hint)
        }
        try collectOutputs()
    }

    /// The values of a node's inputs; `nil` for an optional one left out.
    func inputs(of node: Node) throws(KernelProblem) -> [LoweredValue?] {
        try node.inputs.map { name throws(KernelProblem) in
            if name.isEmpty { return nil }
            guard let value = values[name] else { throw KernelProblem(.invalid, "input '\(name)' is not known") }
            return value
        }
    }

    /// Computes the rows of an operator that reads whole rows; equal rows are computed once.
    ///
    /// - Parameter compute: The expressions of each output for one row.
    /// - Returns: For each output the terms of all rows.
    mutating func mapRows(
        of input: SymbolicTensor, in node: Node,
        _ compute: (inout GraphLowering, [ExpressionID]) throws(KernelProblem) -> [[ExpressionID]]
    ) throws(KernelProblem) -> [[SymbolicTensor.Term]] {
        let (count, width) = try input.rows()
        var results: [[SymbolicTensor.Term]] = []
        for row in 0..<count {
            let terms = input.terms[row * width..<(row + 1) * width]
            let source = try SymbolicTensor.row(of: terms)
            let features = terms.map(\.expression)
            let outputs: [[ExpressionID]]
            if let known = rowResults[node.name]?[features] {
                outputs = known
            } else {
                outputs = try compute(&self, features)
                rowResults[node.name, default: [:]][features] = outputs
            }
            if results.isEmpty { results = outputs.map { _ in [] } }
            for (index, expressions) in outputs.enumerated() {
                results[index] += expressions.map { .init(row: source, expression: $0) }
            }
        }
        return results
    }

    private mutating func lower(_ node: Node) throws(KernelProblem) {
        guard !graph.functions.contains(node.qualifiedOperator) else {
            throw KernelProblem(.unsupported, "a function of the model's own")
        }
        let context = NodeContext(node: node, opset: graph.opset(of: node))
        let given = try inputs(of: node)
        let constants = given.map { value -> Tensor? in
            if case .constant(let tensor)? = value { tensor } else { nil }
        }
        let kernel = try OperatorCatalog.kernel(for: context).kernel
        let results: [LoweredValue]
        if zip(given, constants).allSatisfy({ $0 == nil || $1 != nil }) {
            results = try kernel.run(Arguments(tensors: constants)).map { .constant($0) }
        } else {
            guard let entry = SQLOperators.entry(for: node) else {
                throw KernelProblem(.unsupported, "operator has no counterpart in SQL here")
            }
            results = try entry.lower(&self, LoweredNode(context: context, inputs: given, kernel: kernel))
        }
        guard pool.expressions.count <= SQLLimits.expressionCount else {
            throw KernelProblem(.tooLarge, "the model comes to more than \(SQLLimits.expressionCount) expressions")
        }
        for (name, value) in zip(node.outputs, results) where !name.isEmpty { values[name] = value }
    }

    private mutating func bind(_ signature: Signature) throws(ModelError) {
        let fields = Dictionary(grouping: signature.inputs.enumerated(), by: { $0.element.slot.input })
        for input in graph.inputs {
            let slots = (fields[input.name] ?? []).sorted { $0.element.slot.index < $1.element.slot.index }
            if case .tensor(_, let declared?) = input.type, let count = declared.first ?? nil, count > 1 {
                throw ModelError(
                    .unsupportedModel, "input '\(input.name)' reads \(count) rows at once, and a query one by one")
            }
            guard case .tensor(let type, _) = input.type, let shape = input.rowShape(width: slots.count) else {
                throw ModelError(
                    .signatureMismatch, "\(slots.count) fields do not fill a row of the input '\(input.name)'",
                    field: input.name)
            }
            guard type != .float16 else {
                throw ModelError(.unsupportedModel, "input '\(input.name)' has 16-bit floats, which SQL does not know")
            }
            let stored = type.stored
            var expressions: [ExpressionID] = []
            for (index, field) in slots { expressions.append(try self.field(field, at: index, stored)) }
            let terms = (0..<rowCount).flatMap { row in
                expressions.map { SymbolicTensor.Term(row: row, expression: $0) }
            }
            values[input.name] = .symbolic(SymbolicTensor(terms, shape: [rowCount] + shape, stored))
        }
    }

    private mutating func field(
        _ field: InputField, at index: Int, _ type: ElementType
    ) throws(ModelError) -> ExpressionID {
        let kind = type.expressionKind
        if kind == .text, field.type == .number {
            throw ModelError(
                .unsupportedModel, "field '\(field.name)' is a number that the model reads as text",
                hint: "Databases write numbers in ways of their own; declare the field as text.", field: field.name)
        }
        let hasDefault = field.defaultValue.map { !$0.isMissing } ?? false
        let id = pool.field(
            index, kind, isSingle: type == .float32, mayBeMissing: kind != .text && !hasDefault)
        // A whole number or truth value has no way to say that it is missing: there is no answer then.
        if kind == .whole || kind == .truth { refusals.append(pool.isMissing(id)) }
        return id
    }

    /// Takes the outputs apart into one expression per column, which must be the same for every row.
    private mutating func collectOutputs() throws(ModelError) {
        for output in graph.outputs {
            guard case .symbolic(let tensor)? = values[output.name] else { continue }
            guard tensor.terms.count.isMultiple(of: rowCount), !tensor.terms.isEmpty else { throw scattered(output) }
            let width = tensor.terms.count / rowCount
            for (place, term) in tensor.terms.enumerated() {
                guard term.row == nil || term.row == place / width,
                    term.expression == tensor.terms[place % width].expression
                else { throw scattered(output) }
            }
            outputs.append(
                Output(
                    name: output.name, elementType: tensor.elementType,
                    columns: tensor.terms.prefix(width).map(\.expression)))
        }
        guard !outputs.isEmpty else {
            throw ModelError(.unsupportedModel, "no output of the model depends on its input")
        }
    }

    private func scattered(_ output: GraphValue) -> ModelError {
        ModelError(
            .unsupportedModel, "output '\(output.name)' does not hold its answers row by row",
            hint: "Export the model with outputs whose first dimension counts rows.")
    }
}

extension KernelProblem {
    /// The problem as the exporter's caller sees it.
    fileprivate func refusal(of node: Node) -> ModelError {
        var error = modelError(at: node)
        if kind == .unsupported || kind == .failed {
            error.kind = .unsupportedModel
            error.hint =
                "SQL covers linear models, trees, small networks and their preparation; serve this one instead."
        }
        return error
    }
}

extension ElementType {
    /// What expressions of this type are in SQL.
    var expressionKind: SQLExpression.Kind {
        switch self {
        case .float16, .float32, .float64: .number
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: .whole
        case .bool: .truth
        case .string: .text
        }
    }
}
