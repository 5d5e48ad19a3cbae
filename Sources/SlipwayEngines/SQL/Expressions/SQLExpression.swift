import SlipwayData

/// The place of an expression in its pool; operands always have a lower one than the expressions over them.
struct ExpressionID: Hashable, Sendable {
    let index: Int

    init(_ index: Int) { self.index = index }
}

/// A scalar of one row, as SQL can compute it, over other expressions of the same pool.
///
/// NaN does not exist here: a number that is not there is SQL's `NULL`, which travels through arithmetic just as NaN
/// does. Comparisons with it are neither true nor false, which a `CASE` takes for false.
enum SQLExpression: Hashable, Sendable {
    /// What SQL knows an expression to be.
    enum Kind: Hashable, Sendable {
        /// A number in double precision.
        case number
        /// A 64-bit whole number.
        case whole
        /// A text.
        case text
        /// A truth value.
        case truth
    }

    /// The operations on two numbers, or on two whole numbers.
    enum Operation: String, Sendable {
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
    }

    /// The functions of one number; the pool sees to it that their arguments are in range.
    enum Function: Sendable {
        case exponential, logarithm, squareRoot, hyperbolicTangent, absolute, floor, ceiling
    }

    /// The comparisons.
    enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// One arm of a `CASE`.
    struct Branch: Hashable, Sendable {
        let condition: ExpressionID
        let value: ExpressionID
    }

    /// A field of the signature, by its place, converted to the type that the model reads.
    case field(Int)
    /// A number, infinite perhaps.
    case number(Double)
    case whole(Int64)
    /// A text; texts are equal byte for byte.
    case text(ByteText)
    case truth(Bool)
    /// `NULL` of some kind.
    case missing(Kind)
    case binary(Operation, ExpressionID, ExpressionID)
    /// The sum of several terms, from left to right; each partial sum is rounded to single precision on request.
    case sum([ExpressionID], isSingle: Bool)
    case function(Function, ExpressionID)
    /// The largest or the smallest of several numbers, none of which is missing.
    case extreme([ExpressionID], isLargest: Bool)
    /// A number rounded to single precision.
    case rounded(ExpressionID)
    /// A number that is missing where infinities cancelled.
    case defined(ExpressionID)
    /// A whole number or a truth value as another kind, or a number in range cut to a whole one.
    case converted(ExpressionID, Kind)
    case comparison(Comparison, ExpressionID, ExpressionID)
    case isMissing(ExpressionID)
    /// False where the truth value is neither true nor false.
    case definite(ExpressionID)
    case not(ExpressionID)
    case all([ExpressionID])
    case any([ExpressionID])
    /// The value of the first arm whose condition holds.
    case cases([Branch], otherwise: ExpressionID)
    /// The value of the first key that the operand equals; condition and value of a branch are literals.
    case lookup(ExpressionID, [Branch], otherwise: ExpressionID)
    /// The first operand, or the second one where that is missing.
    case coalesce(ExpressionID, ExpressionID)

    /// The expressions that this one reads, from left to right.
    var operands: [ExpressionID] {
        switch self {
        case .field, .number, .whole, .text, .truth, .missing: []
        case .binary(_, let left, let right), .comparison(_, let left, let right), .coalesce(let left, let right):
            [left, right]
        case .sum(let terms, _), .extreme(let terms, _), .all(let terms), .any(let terms): terms
        case .function(_, let operand), .rounded(let operand), .defined(let operand), .converted(let operand, _),
            .isMissing(let operand), .definite(let operand), .not(let operand):
            [operand]
        case .cases(let branches, let otherwise): branches.flatMap { [$0.condition, $0.value] } + [otherwise]
        case .lookup(let operand, let branches, let otherwise):
            [operand] + branches.flatMap { [$0.condition, $0.value] } + [otherwise]
        }
    }

    /// Whether this is a value written out.
    var isLiteral: Bool {
        switch self {
        case .number, .whole, .text, .truth, .missing: true
        default: false
        }
    }
}
