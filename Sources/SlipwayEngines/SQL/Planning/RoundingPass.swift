/// Decides which roundings to single precision are written.
///
/// Fields are always rounded as the model reads them. Of the others only those are kept on whose last bit a decision
/// depends: a threshold, a lookup, a cast to whole numbers; and those below a root or an exponential, which magnify.
/// What is left out changes an answer by some 1e-7 of the largest number that it is made from: where large numbers
/// cancel, a query and an engine that rounds each step agree to fewer digits.
struct RoundingPass {
    /// The pool after the pass.
    private(set) var result = ExpressionPool()
    private var places: [ExpressionID: ExpressionID] = [:]
    private let pool: ExpressionPool
    private let dialect: SQLDialect

    init(_ pool: ExpressionPool, roots: [ExpressionID], for dialect: SQLDialect) {
        self.pool = pool
        self.dialect = dialect
        let isLive = Self.reached(from: roots, in: pool)
        let isDecisive = Self.reached(from: pool.decisive, in: pool)
        for index in pool.expressions.indices where isLive[index] {
            let id = ExpressionID(index)
            places[id] = rewritten(id, isDecisive: isDecisive[index])
        }
    }

    /// The place of an expression after the pass.
    func place(of id: ExpressionID) -> ExpressionID { places[id] ?? id }

    private mutating func rewritten(_ id: ExpressionID, isDecisive: Bool) -> ExpressionID {
        let known = pool.facts(of: id)
        guard case .rounded(let operand) = pool[id] else {
            return result.intern(pool[id].mappingOperands { place(of: $0) }, known)
        }
        let exact = place(of: operand)
        guard isDecisive || pool[operand].isField else { return exact }
        return dialect.hasSinglePrecision ? result.intern(.rounded(exact), known) : split(exact)
    }

    /// A number rounded to 24 bits by arithmetic alone (Dekker 1971, Veltkamp's splitting).
    private mutating func split(_ x: ExpressionID) -> ExpressionID {
        let scaled = result.product(x, result.number(0x1p29 + 1))
        let rounded = result.difference(scaled, result.difference(scaled, x))
        let size = result.absolute(x)
        let vanishes = result.comparison(.lessOrEqual, size, result.number(0x1p-150))
        let isFinite = result.comparison(.lessOrEqual, size, result.number(0x1p128))
        return result.cases([(vanishes, result.number(0)), (isFinite, rounded)], otherwise: x)
    }

    private static func reached(from roots: some Sequence<ExpressionID>, in pool: ExpressionPool) -> [Bool] {
        var isReached = [Bool](repeating: false, count: pool.expressions.count)
        for root in roots { isReached[root.index] = true }
        for index in pool.expressions.indices.reversed() where isReached[index] {
            for operand in pool.expressions[index].operands { isReached[operand.index] = true }
        }
        return isReached
    }
}

extension SQLExpression {
    /// Whether this is a field of the signature.
    var isField: Bool {
        if case .field = self { true } else { false }
    }

    /// The expression over other operands.
    func mappingOperands(_ place: (ExpressionID) -> ExpressionID) -> SQLExpression {
        switch self {
        case .field, .number, .whole, .text, .truth, .missing: self
        case .binary(let operation, let a, let b): .binary(operation, place(a), place(b))
        case .sum(let terms, let isSingle): .sum(terms.map(place), isSingle: isSingle)
        case .function(let function, let x): .function(function, place(x))
        case .extreme(let terms, let isLargest): .extreme(terms.map(place), isLargest: isLargest)
        case .rounded(let x): .rounded(place(x))
        case .defined(let x): .defined(place(x))
        case .converted(let x, let kind): .converted(place(x), kind)
        case .comparison(let comparison, let a, let b): .comparison(comparison, place(a), place(b))
        case .isMissing(let x): .isMissing(place(x))
        case .definite(let x): .definite(place(x))
        case .not(let x): .not(place(x))
        case .all(let terms): .all(terms.map(place))
        case .any(let terms): .any(terms.map(place))
        case .cases(let branches, let otherwise):
            .cases(branches.map { $0.mapping(place) }, otherwise: place(otherwise))
        case .lookup(let x, let branches, let otherwise):
            .lookup(place(x), branches.map { $0.mapping(place) }, otherwise: place(otherwise))
        case .coalesce(let a, let b): .coalesce(place(a), place(b))
        }
    }
}

extension SQLExpression.Branch {
    fileprivate func mapping(_ place: (ExpressionID) -> ExpressionID) -> SQLExpression.Branch {
        .init(condition: place(condition), value: place(value))
    }
}
