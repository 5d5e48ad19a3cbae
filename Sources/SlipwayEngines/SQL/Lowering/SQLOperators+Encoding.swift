import SlipwayModel

extension SQLOperators {
    /// Operators on categories, and the one that packs features.
    static let encoding: [Entry] = [
        Entry("ai.onnx.ml.OneHotEncoder") { lowering, node throws(KernelProblem) in [try lowering.encodeOneHot(node)] },
        Entry("ai.onnx.ml.LabelEncoder") { lowering, node throws(KernelProblem) in [try lowering.encodeLabels(node)] },
        Entry("ai.onnx.ml.CategoryMapper") { lowering, node throws(KernelProblem) in [try lowering.encodeLabels(node)]
        },
        Entry("ai.onnx.ml.FeatureVectorizer") { lowering, node throws(KernelProblem) in [try lowering.pack(node)] },
    ]
}

extension GraphLowering {
    fileprivate mutating func encodeOneHot(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let texts = try node.context.strings("cats_strings") ?? []
        let integers = try node.context.integers("cats_int64s") ?? []
        let isText = input.elementType.expressionKind == .text
        guard isText == integers.isEmpty, input.elementType != .bool else {
            throw KernelProblem(.failed, "categories are not \(input.elementType)")
        }
        let count = max(texts.count, integers.count)
        let allowsUnknown = try node.context.integer("zeros", default: 1) != 0
        var terms: [SymbolicTensor.Term] = []
        for term in input.terms {
            var tests: [ExpressionID] = []
            pool.decide(on: term.expression)
            for place in 0..<count {
                // Of a category named twice the last place counts.
                let test =
                    isText
                    ? pool.comparison(.equal, term.expression, pool.text(texts[place]))
                    : isCut(term.expression, to: Int64(integers[place]))
                if let former = tests.firstIndex(of: test) { tests[former] = pool.truth(false) }
                tests.append(test)
            }
            if !allowsUnknown { refusals.append(pool.not(pool.any(tests))) }
            terms += tests.map { test in
                .init(row: term.row, expression: pool.choose(test, pool.number(1), pool.number(0)))
            }
        }
        return .symbolic(SymbolicTensor(terms, shape: input.shape + [count], .float32))
    }

    /// Whether a number cut to a whole one is the given one.
    private mutating func isCut(_ x: ExpressionID, to whole: Int64) -> ExpressionID {
        guard pool.facts(of: x).kind == .number else { return pool.comparison(.equal, x, pool.whole(whole)) }
        let low = pool.number(Double(whole) - (whole <= 0 ? 1 : 0))
        let high = pool.number(Double(whole) + (whole >= 0 ? 1 : 0))
        return pool.all([
            pool.comparison(whole <= 0 ? .greater : .greaterOrEqual, x, low),
            pool.comparison(whole >= 0 ? .less : .lessOrEqual, x, high),
        ])
    }

    fileprivate mutating func encodeLabels(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let table = try LabelTable(node.context, isTextInput: input.elementType == .string)
        guard input.elementType == table.keys.elementType else {
            throw KernelProblem(.failed, "input is \(input.elementType), not \(table.keys.elementType)")
        }
        let keys = try literal(table.keys).expressions
        let values = try literal(table.values).expressions
        let standard = try literal(table.standard).expressions[0]
        guard keys.count == values.count else {
            throw KernelProblem(.invalid, "\(keys.count) keys have \(values.count) values")
        }
        var seen: Set<ExpressionID> = []
        var entries: [SQLExpression.Branch] = []
        var undefined = standard
        for (key, value) in zip(keys, values) where seen.insert(key).inserted {
            if pool.facts(of: key).mayBeMissing {
                undefined = table.findsUndefined ? value : standard
            } else {
                entries.append(.init(condition: key, value: value))
            }
        }
        return try mapped(input, to: table.values.elementType) { lowering, x throws(KernelProblem) in
            lowering.pool.decide(on: x)
            let found = lowering.pool.lookup(x, entries, otherwise: standard)
            return lowering.pool.choose(lowering.pool.isMissing(x), undefined, found)
        }
    }

    fileprivate mutating func pack(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let widths = try node.context.integers("inputdimensions") ?? []
        guard widths.count == node.inputs.count else {
            throw KernelProblem(.failed, "\(node.inputs.count) inputs are given for \(widths.count) widths")
        }
        let zero = pool.number(0)
        var parts: [(tensor: SymbolicTensor, count: Int, width: Int)] = []
        for index in widths.indices {
            let tensor = try singles(tensor(index, of: node))
            let (count, width) = try tensor.rows()
            parts.append((tensor, count, width))
        }
        let rows = parts[0].count
        guard parts.allSatisfy({ $0.count == rows }) else {
            throw KernelProblem(.failed, "inputs differ in the number of rows")
        }
        var terms: [SymbolicTensor.Term] = []
        for row in 0..<rows {
            for (part, width) in zip(parts, widths) {
                let taken = min(width, part.width)
                terms += part.tensor.terms[row * part.width..<row * part.width + taken]
                terms += [SymbolicTensor.Term](repeating: .init(row: nil, expression: zero), count: width - taken)
            }
        }
        return .symbolic(SymbolicTensor(terms, shape: [rows, widths.reduce(0, +)], .float32))
    }
}
