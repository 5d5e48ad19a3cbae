/// Decides which expressions become columns, and in which step each is computed.
struct StagingPass {
    /// The steps after the one that reads the fields.
    private(set) var steps: [SQLPlan.Step] = []
    /// The fields that are read.
    private(set) var fields: [Int] = []

    /// The length of an expression's text that is rather repeated than given a column.
    private static let repeatedLengthMax = 72

    private let pool: ExpressionPool
    private let dialect: SQLDialect
    private var shapes: [ShapeOfText]
    private var mentions: [Int]
    private var isColumn: [Bool]

    /// What an expression takes where it is written out.
    private struct ShapeOfText {
        var length = 0
        var nesting = 0
        var height = 1
        /// The last step whose columns it reads.
        var level = 0
    }

    init(_ pool: ExpressionPool, roots: [ExpressionID], for dialect: SQLDialect) {
        self.pool = pool
        self.dialect = dialect
        let count = pool.expressions.count
        shapes = [ShapeOfText](repeating: ShapeOfText(), count: count)
        isColumn = [Bool](repeating: false, count: count)
        mentions = Self.mentions(in: pool, roots, dialect)
        for index in 0..<count where mentions[index] > 0 { measure(index) }
        arrange(roots)
    }

    private static func mentions(in pool: ExpressionPool, _ roots: [ExpressionID], _ dialect: SQLDialect) -> [Int] {
        var mentions = [Int](repeating: 0, count: pool.expressions.count)
        for root in roots { mentions[root.index] += 1 }
        for index in pool.expressions.indices.reversed() where mentions[index] > 0 {
            let expression = pool.expressions[index]
            let times = if case .rounded = expression { dialect.roundingMentions } else { 1 }
            for operand in expression.operands { mentions[operand.index] += times }
        }
        return mentions
    }

    private mutating func measure(_ index: Int) {
        let expression = pool.expressions[index]
        var shape = shape(of: expression)
        if expression.mayRaise {
            // It must stay inside the CASE that keeps it from rows for which it has no value, so it is kept short.
            for operand in expression.operands where shapes[operand.index].length > Self.repeatedLengthMax {
                isColumn[operand.index] = true
            }
            shape = self.shape(of: expression)
        } else if shape.nesting > dialect.nestingMax || shape.height > dialect.heightMax {
            // The deepest operands move to a step of their own, and what is left is shallow again.
            for operand in expression.operands {
                let mayMove = !pool[operand].mayRaise && !pool[operand].isLiteral
                if mayMove, isDeep(shapes[operand.index]) { isColumn[operand.index] = true }
            }
            shape = self.shape(of: expression)
        }
        shapes[index] = shape
        guard mentions[index] > 1, !expression.isLiteral, !expression.isField, !expression.mayRaise else { return }
        // What might have to move later must be a column from the start, before anything else is measured over it.
        isColumn[index] = shape.length > Self.repeatedLengthMax || isDeep(shape)
    }

    private func isDeep(_ shape: ShapeOfText) -> Bool {
        shape.nesting > dialect.nestingMax / 2 || shape.height > dialect.heightMax / 2
    }

    private func shape(of expression: SQLExpression) -> ShapeOfText {
        if expression.isLiteral { return ShapeOfText(length: 20, nesting: 0, height: 1) }
        if expression.isField { return ShapeOfText(length: 4, nesting: 0, height: 1) }
        var shape = ShapeOfText(length: 8, nesting: 0, height: 0)
        let operands = expression.operands
        for (place, operand) in operands.enumerated() {
            let inner = shapeInside(operand)
            shape.length += inner.length
            // The last arm of a CASE continues it without another level.
            let continues = if case .cases = expression { place == operands.count - 1 } else { false }
            shape.nesting = max(shape.nesting, inner.nesting - (continues && inner.nesting > 0 ? 1 : 0))
            shape.height = max(shape.height, inner.height)
            shape.level = max(shape.level, inner.level)
        }
        if case .rounded = expression { shape.length = shape.length * dialect.roundingMentions + 40 }
        shape.nesting += 1
        shape.height += expression.chainLength
        return shape
    }

    private func shapeInside(_ id: ExpressionID) -> ShapeOfText {
        let shape = shapes[id.index]
        guard isColumn[id.index] else { return shape }
        return ShapeOfText(length: 4, nesting: 0, height: 1, level: shape.level + 1)
    }

    /// Puts every column into the step after the ones it reads, and carries it on as long as it is read.
    private mutating func arrange(_ roots: [ExpressionID]) {
        let last = roots.map { shapeInside($0).level }.max() ?? 0
        steps = [SQLPlan.Step](repeating: SQLPlan.Step(), count: last)
        var lastReads: [Int: Int] = [:]
        func note(_ id: ExpressionID, readBy step: Int) {
            var open = [id]
            while let next = open.popLast() {
                if isColumn[next.index] || pool[next].isField {
                    lastReads[next.index] = max(lastReads[next.index] ?? 0, step)
                } else {
                    open += pool[next].operands
                }
            }
        }
        for index in isColumn.indices where isColumn[index] {
            let step = shapes[index].level + 1
            steps[step - 1].computed.append(ExpressionID(index))
            for operand in pool.expressions[index].operands { note(operand, readBy: step) }
        }
        for root in roots { note(root, readBy: last + 1) }
        for (index, read) in lastReads.sorted(by: { $0.key < $1.key }) {
            let id = ExpressionID(index)
            var made = 0
            if case .field(let place) = pool[id] { fields.append(place) } else { made = shapes[index].level + 1 }
            for step in (made + 1)..<max(made + 1, read) { steps[step - 1].carried.append(id) }
        }
        fields.sort()
    }
}

extension SQLExpression {
    /// Whether some database raises an error for some operands, from which a `CASE` around it keeps it.
    fileprivate var mayRaise: Bool {
        switch self {
        case .binary(.divide, _, _), .converted(_, .whole): true
        case .function(let function, _): [.exponential, .logarithm, .squareRoot].contains(function)
        default: false
        }
    }

    /// By how much the expression is higher than its highest operand; `a + b + c` is a chain of two.
    fileprivate var chainLength: Int {
        switch self {
        case .sum(let terms, _), .all(let terms), .any(let terms): terms.count
        default: 1
        }
    }
}
