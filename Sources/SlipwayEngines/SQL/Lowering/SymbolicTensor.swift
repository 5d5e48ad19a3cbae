import SlipwayModel

/// A value of a graph whose elements are expressions instead of numbers.
struct SymbolicTensor {
    /// One element: an expression, and the row of input that it is made from.
    struct Term {
        /// The row; `nil` for what is the same in every row.
        let row: Int?
        let expression: ExpressionID
    }

    let shape: [Int]
    let elementType: ElementType
    let terms: [Term]

    /// The expressions without their rows.
    var expressions: [ExpressionID] { terms.map(\.expression) }

    /// Makes a tensor, whose terms fill the shape.
    init(_ terms: [Term], shape: [Int], _ elementType: ElementType) {
        self.terms = terms
        self.shape = shape
        self.elementType = elementType
    }

    /// The row that several elements belong to, so that one can be made from all of them.
    ///
    /// - Throws: ``KernelProblem`` when they belong to different rows, which a query over single rows cannot bring
    ///   together.
    static func row(of terms: some Sequence<Term>) throws(KernelProblem) -> Int? {
        var found: Int?
        for term in terms {
            guard let row = term.row else { continue }
            guard found == nil || found == row else {
                throw KernelProblem(.unsupported, "it brings several rows together, which SQL export does not cover")
            }
            found = row
        }
        return found
    }

    /// Rows of features, as the operators of classic machine learning read them.
    func rows() throws(KernelProblem) -> (count: Int, width: Int) {
        switch shape.count {
        case 1: return (1, shape[0])
        case 2: return (shape[0], shape[1])
        default: throw KernelProblem(.failed, "input has shape \(shape), but rows of features are needed")
        }
    }
}

/// A value of a graph while it is lowered.
enum LoweredValue {
    /// Known before the first row.
    case constant(Tensor)
    case symbolic(SymbolicTensor)
}
