extension ExpressionPool {
    /// The most terms that one sum is written with; longer ones are sums of sums.
    private static let termCountMax = 64

    /// The difference of two numbers.
    mutating func difference(_ left: ExpressionID, _ right: ExpressionID) -> ExpressionID {
        if constant(right) == 0 { return left }
        return binary(.subtract, left, right) { $0 - $1 }
    }

    /// The product of two numbers.
    mutating func product(_ left: ExpressionID, _ right: ExpressionID) -> ExpressionID {
        // Constants stand on the right, so that equal products are the same expression.
        if constant(left) != nil, constant(right) == nil { return product(right, left) }
        if constant(right) == 1 { return left }
        return binary(.multiply, left, right) { $0 * $1 }
    }

    /// The quotient of two numbers; a division by zero gives what IEEE arithmetic says, with the zero taken as
    /// positive.
    mutating func quotient(_ left: ExpressionID, _ right: ExpressionID) -> ExpressionID {
        if let divisor = constant(right) {
            if divisor == 1 { return left }
            if divisor != 0 { return quotient(left, byNonZero: right) }
        }
        let zero = number(0)
        let above = comparison(.greater, left, zero)
        let below = comparison(.less, left, zero)
        let limit = cases(
            [(above, number(.infinity)), (below, number(-.infinity))], otherwise: missing(.number))
        return choose(comparison(.equal, right, zero), limit, quotient(left, byNonZero: right))
    }

    /// The quotient of two numbers, the second of which is never zero.
    mutating func quotient(_ left: ExpressionID, byNonZero right: ExpressionID) -> ExpressionID {
        binary(.divide, left, right) { $0 / $1 }
    }

    /// The sum of numbers in double precision, in which the order of terms does not matter.
    mutating func sum(_ terms: [ExpressionID]) -> ExpressionID {
        var constantPart = 0.0
        var varying: [ExpressionID] = []
        for term in terms {
            if let value = constant(term) { constantPart += value } else { varying.append(term) }
        }
        if constantPart != 0 { varying.insert(number(constantPart), at: 0) }
        guard let first = varying.first else { return number(constantPart) }
        guard varying.count > 1 else { return first }
        var parts = varying
        while parts.count > Self.termCountMax {
            parts = stride(from: 0, to: parts.count, by: Self.termCountMax).map {
                plainSum(Array(parts[$0..<min($0 + Self.termCountMax, parts.count)]))
            }
        }
        return defined(plainSum(parts), canceling: varying)
    }

    private mutating func plainSum(_ terms: [ExpressionID]) -> ExpressionID {
        guard terms.count > 1 else { return terms[0] }
        var known = merged(terms)
        known.isSingle = false
        return intern(.sum(terms, isSingle: false), known)
    }

    /// The sum of numbers of single precision, from left to right, rounded after each step.
    mutating func singleSum(_ terms: [ExpressionID]) -> ExpressionID {
        guard let first = terms.first else { return number(0) }
        var total = first
        var rest = terms.dropFirst()
        while let next = rest.first {
            if let left = constant(total), let right = constant(next) {
                total = number(Double(Float(left) + Float(right)))
                rest = rest.dropFirst()
                continue
            }
            let part = [total] + rest.prefix(Self.termCountMax)
            var known = merged(part)
            known.isSingle = true
            total = defined(intern(.sum(part, isSingle: true), known), canceling: part)
            rest = rest.dropFirst(Self.termCountMax)
        }
        return total
    }

    /// A number rounded to single precision.
    mutating func rounded(_ operand: ExpressionID) -> ExpressionID {
        if let value = constant(operand) { return number(Double(Float(value))) }
        let known = facts(of: operand)
        if known.isSingle { return operand }
        return intern(
            .rounded(operand),
            Facts(kind: .number, isSingle: true, mayBeMissing: known.mayBeMissing, mayBeInfinite: true))
    }

    /// The largest or the smallest of numbers; missing where one of them is.
    mutating func extreme(_ terms: [ExpressionID], isLargest: Bool) -> ExpressionID {
        let gaps = terms.filter { facts(of: $0).mayBeMissing }.map { isMissing($0) }
        let best = extreme(ofPresent: terms, isLargest: isLargest)
        return gaps.isEmpty ? best : choose(any(gaps), missing(.number), best)
    }

    /// The largest or the smallest of those numbers that are not missing; an infinity where all are.
    mutating func extreme(ofPresent terms: [ExpressionID], isLargest: Bool) -> ExpressionID {
        let none = number(isLargest ? -.infinity : .infinity)
        var parts = terms.map { coalesce($0, none) }
        while parts.count > Self.termCountMax {
            parts = stride(from: 0, to: parts.count, by: Self.termCountMax).map {
                extreme(ofPresent: Array(parts[$0..<min($0 + Self.termCountMax, parts.count)]), isLargest: isLargest)
            }
        }
        guard parts.count > 1 else { return parts.first ?? none }
        let constants = parts.compactMap { constant($0) }
        if constants.count == parts.count {
            return number((isLargest ? constants.max() : constants.min()) ?? .nan)
        }
        return intern(.extreme(parts, isLargest: isLargest), merged(parts))
    }

    /// A function that has a value for every argument it is given.
    mutating func function(
        _ function: SQLExpression.Function, _ operand: ExpressionID, _ fold: (Double) -> Double
    ) -> ExpressionID {
        if let value = constant(operand) { return number(fold(value)) }
        var known = facts(of: operand)
        known.kind = .number
        known.isSingle = known.isSingle && [.absolute, .floor, .ceiling].contains(function)
        return intern(.function(function, operand), known)
    }

    private mutating func binary(
        _ operation: SQLExpression.Operation, _ left: ExpressionID, _ right: ExpressionID,
        _ fold: (Double, Double) -> Double
    ) -> ExpressionID {
        if let first = constant(left), let second = constant(right) { return number(fold(first, second)) }
        // Arithmetic with a constant moves into an arm that is a constant itself, as behind a one-hot encoding.
        if let second = constant(right), let moved = mapped(left, { fold($0, second) }) { return moved }
        if let first = constant(left), let moved = mapped(right, { fold(first, $0) }) { return moved }
        var known = merged([left, right])
        if known.kind == .number {
            known.isSingle = false
            let result = intern(.binary(operation, left, right), known)
            return canCancel(operation, left, right) ? defined(result, canceling: [left, right]) : result
        }
        return intern(.binary(operation, left, right), known)
    }

    /// A choice between constants with each of them changed; `nil` for any other expression.
    private mutating func mapped(_ id: ExpressionID, _ change: (Double) -> Double) -> ExpressionID? {
        switch self[id] {
        case .cases(let branches, let otherwise):
            guard let last = constant(otherwise) else { return nil }
            var moved: [(ExpressionID, ExpressionID)] = []
            for branch in branches {
                guard let value = constant(branch.value) else { return nil }
                moved.append((branch.condition, number(change(value))))
            }
            return cases(moved, otherwise: number(change(last)))
        case .lookup(let key, let branches, let otherwise):
            guard let last = constant(otherwise) else { return nil }
            var moved: [SQLExpression.Branch] = []
            for branch in branches {
                guard let value = constant(branch.value) else { return nil }
                moved.append(.init(condition: branch.condition, value: number(change(value))))
            }
            return lookup(key, moved, otherwise: number(change(last)))
        default: return nil
        }
    }

    /// Whether infinite operands can make an operation's result NaN.
    private func canCancel(
        _ operation: SQLExpression.Operation, _ left: ExpressionID, _ right: ExpressionID
    ) -> Bool {
        let isInfinite = (facts(of: left).mayBeInfinite, facts(of: right).mayBeInfinite)
        switch operation {
        case .subtract, .divide: return isInfinite.0 && isInfinite.1
        case .multiply:
            if let factor = constant(right), factor != 0 { return false }
            return isInfinite.0 || isInfinite.1
        }
    }

    /// A number that is missing where infinities among its operands cancelled.
    private mutating func defined(_ id: ExpressionID, canceling operands: [ExpressionID]) -> ExpressionID {
        let infinite = operands.filter { facts(of: $0).mayBeInfinite }
        var known = facts(of: id)
        guard infinite.count > 1 || (infinite.count == 1 && isProduct(id)) else { return id }
        known.mayBeMissing = true
        return intern(.defined(id), known)
    }

    private func isProduct(_ id: ExpressionID) -> Bool {
        if case .binary(.multiply, _, _) = self[id] { true } else { false }
    }
}
