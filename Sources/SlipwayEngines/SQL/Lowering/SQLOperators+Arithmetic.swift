import Foundation
import SlipwayModel

extension SQLOperators {
    /// Element-wise arithmetic and functions.
    static let arithmetic: [Entry] =
        ["Add", "Sub", "Mul", "Div"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in [try lowering.calculate(name, node)] }
        }
        + ["Sum", "Mean", "Min", "Max"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in [try lowering.fold(name, node)] }
        }
        + FunctionKernel.Function.allCases.filter { $0 != .errorFunction }.map { function in
            Entry(function.rawValue) { lowering, node throws(KernelProblem) in [try lowering.apply(function, node)] }
        } + [
            Entry("Pow") { lowering, node throws(KernelProblem) in [try lowering.power(node)] },
            Entry("Clip") { lowering, node throws(KernelProblem) in [try lowering.clip(node)] },
            Entry("Cast") { lowering, node throws(KernelProblem) in [try lowering.cast(node)] },
        ]
}

extension GraphLowering {
    fileprivate mutating func calculate(_ name: String, _ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let left = try tensor(0, of: node)
        let right = try tensor(1, of: node)
        guard left.elementType == right.elementType else {
            throw KernelProblem(.failed, "input is \(right.elementType), not \(left.elementType)")
        }
        let kind = left.elementType.expressionKind
        guard kind == .number || (kind == .whole && name != "Div") else {
            throw KernelProblem(.unsupported, "division of whole numbers has no counterpart in SQL here")
        }
        return .symbolic(
            try combined(left, right) { lowering, a, b throws(KernelProblem) in
                let result =
                    switch name {
                    case "Add": lowering.pool.sum([a, b])
                    case "Sub": lowering.pool.difference(a, b)
                    case "Mul": lowering.pool.product(a, b)
                    default: lowering.pool.quotient(a, b)
                    }
                return lowering.rounded(result, as: left.elementType)
            })
    }

    fileprivate mutating func fold(_ name: String, _ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        var total = try tensor(0, of: node)
        guard total.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "only floats are put together in SQL here")
        }
        for index in node.inputs.indices.dropFirst() {
            let next = try tensor(index, of: node)
            total = try combined(total, next) { lowering, a, b throws(KernelProblem) in
                switch name {
                case "Min": lowering.pool.extreme([a, b], isLargest: false)
                case "Max": lowering.pool.extreme([a, b], isLargest: true)
                default: lowering.rounded(lowering.pool.sum([a, b]), as: total.elementType)
                }
            }
        }
        guard name == "Mean" else { return .symbolic(total) }
        let count = pool.number(Double(node.inputs.count))
        return try mapped(total) { lowering, term throws(KernelProblem) in
            lowering.rounded(lowering.pool.quotient(term, byNonZero: count), as: total.elementType)
        }
    }

    fileprivate mutating func apply(
        _ function: FunctionKernel.Function, _ node: LoweredNode
    ) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard input.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "functions of \(input.elementType) are not covered by SQL export")
        }
        let standard: Float = function == .leakyRectified ? 0.01 : 1
        let alpha = pool.number(Double(try node.context.float("alpha", default: standard)))
        return try mapped(input) { lowering, x throws(KernelProblem) in
            let result = try lowering.pool.value(of: function, x, alpha: alpha)
            return lowering.rounded(result, as: input.elementType)
        }
    }

    fileprivate mutating func power(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let base = try tensor(0, of: node)
        guard base.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "powers of \(base.elementType) are not covered by SQL export")
        }
        guard let exponents = try node.constant(1) else { throw KernelProblem(.failed, "input 1 is missing") }
        let powers = try literal(Tensor(shape: exponents.shape, elements: .float64(exponents.asDoubles ?? [])))
        return .symbolic(
            try combined(base, powers) { lowering, x, exponent throws(KernelProblem) in
                let power = lowering.pool.constant(exponent) ?? .nan
                let exact = base.elementType == .float32 ? Double(Float(power)) : power
                return lowering.rounded(lowering.pool.power(x, exact), as: base.elementType)
            })
    }

    fileprivate mutating func clip(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard input.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "only floats are clipped by SQL export")
        }
        let isSingle = input.elementType == .float32
        let limit = isSingle ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
        let isOld = node.context.opset < 11
        let oldLow = isOld ? try node.context.float("min").map { Double($0) } : nil
        let oldHigh = isOld ? try node.context.float("max").map { Double($0) } : nil
        let low = pool.number(try node.constant(1)?.asDoubles?.first ?? oldLow ?? -limit)
        let high = pool.number(try node.constant(2)?.asDoubles?.first ?? oldHigh ?? limit)
        return try mapped(input) { lowering, x throws(KernelProblem) in
            let isBelow = lowering.pool.comparison(.less, x, low)
            let isAbove = lowering.pool.comparison(.greater, x, high)
            return lowering.pool.cases([(isBelow, low), (isAbove, high)], otherwise: x)
        }
    }

    fileprivate mutating func cast(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard let code = try node.context.integer("to"), let target = ElementType(rawValue: code) else {
            throw KernelProblem(.invalid, "attribute 'to' names no element type")
        }
        return try mapped(input, to: target.stored) { lowering, x throws(KernelProblem) in
            try lowering.cast(x, from: input.elementType, to: target)
        }
    }

    private mutating func cast(
        _ x: ExpressionID, from source: ElementType, to target: ElementType
    ) throws(KernelProblem) -> ExpressionID {
        switch (source.expressionKind, target) {
        case (.text, .string), (.truth, .bool): return x
        case (.number, .float32), (.whole, .float32), (.truth, .float32):
            return pool.rounded(pool.converted(x, to: .number))
        case (.number, .float64), (.whole, .float64), (.truth, .float64): return pool.converted(x, to: .number)
        case (.number, .bool):
            pool.decide(on: x)
            let isZero = pool.comparison(.equal, x, pool.number(0))
            return pool.not(isZero)
        case (.whole, .bool): return pool.not(pool.comparison(.equal, x, pool.whole(0)))
        case (.truth, .int64), (.truth, .int32): return pool.converted(x, to: .whole)
        case (.whole, .int64), (.whole, .int32): return x
        case (.whole, .string): return pool.converted(x, to: .text)
        case (.number, .int64): return whole(x, from: -0x1p63, below: 0x1p63, otherwise: .min)
        case (.number, .int32): return whole(x, from: -0x1p31, below: 0x1p31, otherwise: Int64(Int32.min))
        default:
            throw KernelProblem(.unsupported, "a cast from \(source) to \(target) has no counterpart in SQL here")
        }
    }

    /// A number cut to a whole one; out of range and missing give one value, as the kernel has it.
    private mutating func whole(
        _ x: ExpressionID, from low: Double, below high: Double, otherwise: Int64
    ) -> ExpressionID {
        pool.decide(on: x)
        let fits = pool.all([
            pool.comparison(.greaterOrEqual, x, pool.number(low)), pool.comparison(.less, x, pool.number(high)),
        ])
        if let value = pool.constant(x), value >= low, value < high { return pool.whole(Int64(value)) }
        return pool.choose(fits, pool.converted(x, to: .whole), pool.whole(otherwise))
    }
}

extension ExpressionPool {
    /// The value of a function of one number.
    fileprivate mutating func value(
        of function: FunctionKernel.Function, _ x: ExpressionID, alpha: ExpressionID
    ) throws(KernelProblem) -> ExpressionID {
        let zero = number(0)
        let isNegative = comparison(.less, x, zero)
        switch function {
        case .negative: return negative(x)
        case .absolute: return absolute(x)
        case .squareRoot:
            // Near zero a root magnifies what is left out: the distance of two points that lie close together.
            decide(on: x)
            return squareRoot(x)
        case .exponential:
            // What is left out of an exponent is magnified.
            decide(on: x)
            return exponential(x)
        case .logarithm: return logarithm(x)
        case .floor:
            decide(on: x)
            return self.function(.floor, x) { $0.rounded(.down) }
        case .ceiling:
            decide(on: x)
            return self.function(.ceiling, x) { $0.rounded(.up) }
        case .reciprocal: return quotient(number(1), x)
        case .sign:
            decide(on: x)
            return cases([(comparison(.greater, x, zero), number(1)), (isNegative, number(-1))], otherwise: x)
        case .sigmoid: return logistic(x)
        case .rectified: return choose(isNegative, zero, x)
        case .leakyRectified: return choose(isNegative, product(x, alpha), x)
        case .exponentialLinear:
            let grown = product(difference(exponential(x), number(1)), alpha)
            return choose(isNegative, grown, x)
        case .softplus:
            let decay = exponential(ofNonPositive: negative(absolute(x)))
            let tail = self.function(.logarithm, sum([number(1), decay]), Foundation.log)
            return sum([choose(isNegative, zero, x), tail])
        case .hyperbolicTangent: return self.function(.hyperbolicTangent, x, Foundation.tanh)
        case .round:
            decide(on: x)
            return roundedToEven(x)
        case .errorFunction: throw KernelProblem(.unsupported, "databases have no error function in common")
        }
    }
}
