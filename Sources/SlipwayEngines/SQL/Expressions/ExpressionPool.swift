import SlipwayData

/// All expressions of one compilation, each kept once.
///
/// Expressions are made by the methods of this type only. They fold constants, so what is known before the first row is
/// not left to the database, and keep every function within the range in which no database raises an error.
struct ExpressionPool {
    /// What is known of an expression's values.
    struct Facts {
        var kind: SQLExpression.Kind
        /// Whether every value has an exact counterpart in single precision.
        var isSingle = false
        /// Whether a value may be `NULL`.
        var mayBeMissing = false
        /// Whether a value may be infinite.
        var mayBeInfinite = false
    }

    private(set) var expressions: [SQLExpression] = []
    /// Numbers on whose last bit something depends, because they are compared, counted or looked up.
    private(set) var decisive: Set<ExpressionID> = []
    private var facts: [Facts] = []
    private var places: [SQLExpression: Int] = [:]

    /// The expression at a place.
    subscript(id: ExpressionID) -> SQLExpression { expressions[id.index] }

    /// What is known of an expression.
    func facts(of id: ExpressionID) -> Facts { facts[id.index] }

    /// The place of an expression that is known to be in its simplest form.
    mutating func intern(_ expression: SQLExpression, _ known: Facts) -> ExpressionID {
        if let place = places[expression] { return ExpressionID(place) }
        places[expression] = expressions.count
        expressions.append(expression)
        facts.append(known)
        return ExpressionID(expressions.count - 1)
    }

    /// Marks a number on whose last bit something depends, so that every rounding on the way to it is kept.
    mutating func decide(on id: ExpressionID) { decisive.insert(id) }

    /// The field of the signature at a place.
    ///
    /// - Parameter isSingle: Whether the number is read in single precision; it is rounded then.
    mutating func field(_ index: Int, _ kind: SQLExpression.Kind, isSingle: Bool, mayBeMissing: Bool) -> ExpressionID {
        let isNumber = kind == .number
        let field = intern(
            .field(index), Facts(kind: kind, mayBeMissing: mayBeMissing, mayBeInfinite: isNumber))
        return isSingle && isNumber ? rounded(field) : field
    }

    /// A number written out; NaN is the missing number.
    mutating func number(_ value: Double) -> ExpressionID {
        if value.isNaN { return missing(.number) }
        return intern(
            .number(value),
            Facts(kind: .number, isSingle: Double(Float(value)) == value, mayBeInfinite: value.isInfinite))
    }

    /// A whole number written out.
    mutating func whole(_ value: Int64) -> ExpressionID { intern(.whole(value), Facts(kind: .whole)) }

    /// A text written out.
    mutating func text(_ value: String) -> ExpressionID { intern(.text(ByteText(value)), Facts(kind: .text)) }

    /// A truth value written out.
    mutating func truth(_ value: Bool) -> ExpressionID { intern(.truth(value), Facts(kind: .truth)) }

    /// Nothing, of a kind.
    mutating func missing(_ kind: SQLExpression.Kind) -> ExpressionID {
        intern(.missing(kind), Facts(kind: kind, isSingle: true, mayBeMissing: true))
    }

    /// The number that an expression is written out as, if it is.
    func constant(_ id: ExpressionID) -> Double? {
        if case .number(let value) = self[id] { value } else { nil }
    }

    /// The truth value that an expression is written out as, if it is.
    func constantTruth(_ id: ExpressionID) -> Bool? {
        if case .truth(let value) = self[id] { value } else { nil }
    }

    /// What several operands have in common, for an expression of their kind.
    func merged(_ ids: [ExpressionID]) -> Facts {
        var merged = Facts(kind: ids.first.map { facts(of: $0).kind } ?? .number, isSingle: true)
        for id in ids {
            let one = facts(of: id)
            merged.isSingle = merged.isSingle && one.isSingle
            merged.mayBeMissing = merged.mayBeMissing || one.mayBeMissing
            merged.mayBeInfinite = merged.mayBeInfinite || one.mayBeInfinite
        }
        return merged
    }
}
