extension ExpressionPool {
    /// A comparison of two numbers, two whole numbers or two texts; neither true nor false where one is missing.
    mutating func comparison(
        _ comparison: SQLExpression.Comparison, _ left: ExpressionID, _ right: ExpressionID
    ) -> ExpressionID {
        if self[left].isLiteral, !self[right].isLiteral { return self.comparison(comparison.mirrored, right, left) }
        if case .missing = self[right] { return missing(.truth) }
        if let known = folded(comparison, left, right) { return truth(known) }
        if self[right].isLiteral, let decided = decided(comparison, left, right) { return decided }
        if let threshold = constant(right), decisive.contains(left), case .rounded(let exact) = self[left],
            let moved = RoundedComparison(comparison, threshold: threshold)
        {
            return all(moved.bounds.map { bound in self.comparison(bound.comparison, exact, number(bound.threshold)) })
        }
        let mayBeMissing = facts(of: left).mayBeMissing || facts(of: right).mayBeMissing
        return intern(.comparison(comparison, left, right), Facts(kind: .truth, mayBeMissing: mayBeMissing))
    }

    /// Whether a value is missing.
    mutating func isMissing(_ operand: ExpressionID) -> ExpressionID {
        if case .missing = self[operand] { return truth(true) }
        guard facts(of: operand).mayBeMissing else { return truth(false) }
        // Rounding keeps what is missing.
        if case .rounded(let exact) = self[operand] { return isMissing(exact) }
        return intern(.isMissing(operand), Facts(kind: .truth))
    }

    /// A truth value that is never missing: false where it was.
    mutating func definite(_ operand: ExpressionID) -> ExpressionID {
        if case .missing = self[operand] { return truth(false) }
        guard facts(of: operand).mayBeMissing else { return operand }
        return intern(.definite(operand), Facts(kind: .truth))
    }

    /// The opposite of a truth value; true where it is missing.
    mutating func not(_ operand: ExpressionID) -> ExpressionID {
        if let value = constantTruth(operand) { return truth(!value) }
        if case .not(let inner) = self[operand] { return inner }
        return intern(.not(definite(operand)), Facts(kind: .truth))
    }

    /// Whether all of several conditions hold.
    mutating func all(_ conditions: [ExpressionID]) -> ExpressionID {
        var open: [ExpressionID] = []
        for condition in conditions {
            switch constantTruth(condition) {
            case true?: continue
            case false?: return truth(false)
            case nil: open.append(condition)
            }
        }
        guard let first = open.first else { return truth(true) }
        return open.count == 1 ? first : intern(.all(open), merged(open))
    }

    /// Whether any of several conditions holds.
    mutating func any(_ conditions: [ExpressionID]) -> ExpressionID {
        var open: [ExpressionID] = []
        for condition in conditions {
            switch constantTruth(condition) {
            case true?: return truth(true)
            case false?: continue
            case nil: open.append(condition)
            }
        }
        guard let first = open.first else { return truth(false) }
        return open.count == 1 ? first : intern(.any(open), merged(open))
    }

    /// One of two values.
    mutating func choose(
        _ condition: ExpressionID, _ chosen: ExpressionID, _ otherwise: ExpressionID
    ) -> ExpressionID {
        cases([(condition, chosen)], otherwise: otherwise)
    }

    /// The value of the first condition that holds.
    mutating func cases(
        _ branches: [(condition: ExpressionID, value: ExpressionID)], otherwise: ExpressionID
    ) -> ExpressionID {
        var open: [SQLExpression.Branch] = []
        var last = otherwise
        for branch in branches {
            if case .missing = self[branch.condition] { continue }
            switch constantTruth(branch.condition) {
            case true?:
                last = branch.value
                return finished(open, otherwise: last)
            case false?: continue
            case nil: open.append(.init(condition: branch.condition, value: branch.value))
            }
        }
        return finished(open, otherwise: last)
    }

    private mutating func finished(_ given: [SQLExpression.Branch], otherwise: ExpressionID) -> ExpressionID {
        var branches = given
        // An arm that ends as the rest does decides nothing.
        while let last = branches.last, last.value == otherwise { branches.removeLast() }
        guard let first = branches.first else { return otherwise }
        if facts(of: otherwise).kind == .truth, branches.count == 1,
            let folded = truthChoice(first.condition, first.value, otherwise)
        {
            return folded
        }
        return intern(.cases(branches, otherwise: otherwise), merged([otherwise] + branches.map(\.value)))
    }

    /// A choice between truth values as a condition.
    private mutating func truthChoice(
        _ condition: ExpressionID, _ chosen: ExpressionID, _ otherwise: ExpressionID
    ) -> ExpressionID? {
        switch (constantTruth(chosen), constantTruth(otherwise)) {
        case (true?, false?): definite(condition)
        case (false?, true?): not(condition)
        default: nil
        }
    }

    /// The value of the key that an expression equals; keys and values are literals.
    mutating func lookup(
        _ operand: ExpressionID, _ entries: [SQLExpression.Branch], otherwise: ExpressionID
    ) -> ExpressionID {
        let telling = entries.filter { $0.value != otherwise || entries.count == 1 }
        guard !telling.isEmpty else { return otherwise }
        if self[operand].isLiteral {
            return telling.first { $0.condition == operand }?.value ?? otherwise
        }
        return intern(.lookup(operand, telling, otherwise: otherwise), merged([otherwise] + telling.map(\.value)))
    }

    /// An expression, or another one where it is missing.
    mutating func coalesce(_ operand: ExpressionID, _ replacement: ExpressionID) -> ExpressionID {
        guard facts(of: operand).mayBeMissing else { return operand }
        if case .missing = self[operand] { return replacement }
        var known = merged([operand, replacement])
        known.mayBeMissing = facts(of: replacement).mayBeMissing
        return intern(.coalesce(operand, replacement), known)
    }

    /// A whole number or truth value as a number, or a number as a whole one that it is known to fit into.
    mutating func converted(_ operand: ExpressionID, to kind: SQLExpression.Kind) -> ExpressionID {
        let known = facts(of: operand)
        guard known.kind != kind else { return operand }
        switch (self[operand], kind) {
        case (.whole(let value), .number): return number(Double(value))
        case (.whole(let value), .text): return text(String(value))
        case (.missing, _): return missing(kind)
        case (_, .number) where known.kind == .truth: return choose(operand, number(1), number(0))
        case (_, .whole) where known.kind == .truth: return choose(operand, whole(1), whole(0))
        default:
            return intern(.converted(operand, kind), Facts(kind: kind, mayBeMissing: known.mayBeMissing))
        }
    }

    /// The outcome of a comparison between literals.
    private func folded(
        _ comparison: SQLExpression.Comparison, _ left: ExpressionID, _ right: ExpressionID
    ) -> Bool? {
        switch (self[left], self[right]) {
        case (.number(let first), .number(let second)): comparison.holds(first, second)
        case (.whole(let first), .whole(let second)): comparison.holds(first, second)
        case (.text(let first), .text(let second)):
            switch comparison {
            case .equal: first == second
            case .notEqual: first != second
            default: nil
            }
        default: nil
        }
    }

    /// The comparison of a choice between literals with a literal, as the condition of the choice.
    private mutating func decided(
        _ comparison: SQLExpression.Comparison, _ left: ExpressionID, _ right: ExpressionID
    ) -> ExpressionID? {
        guard case .cases(let branches, let otherwise) = self[left], branches.count == 1,
            let chosen = folded(comparison, branches[0].value, right),
            let other = folded(comparison, otherwise, right)
        else { return nil }
        if chosen == other { return truth(chosen) }
        return chosen ? definite(branches[0].condition) : not(branches[0].condition)
    }
}

extension SQLExpression.Comparison {
    /// The comparison that says the same of the operands exchanged.
    var mirrored: SQLExpression.Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// Whether it holds between two values.
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
