import SlipwayModel

/// The estimator at the end of a graph, and how the score that the task speaks of comes from one of its columns.
struct ScoreOrigin {
    /// The node that computes scores.
    var estimator: Node
    /// The column of its scores.
    var column: Int
    /// What is done to that column on the way to the output, the last step first.
    var link: Link = .none
    /// The score before the link is `scale` times the column plus `shift`.
    var scale = 1.0
    /// See ``scale``.
    var shift = 0.0
    /// Whether what the link gives is taken from 1 in the end.
    var isComplement = false

    /// A change of scores that is no scaling.
    enum Link {
        case none
        case logistic
        /// Anything else that grows with the score.
        case other
    }

    /// The most nodes between the estimator and the output.
    private static let stepCountMax = 32

    /// Walks back from a column of an output to the estimator behind it.
    ///
    /// - Parameters:
    ///   - value: The output with the scores.
    ///   - column: The column that is asked for.
    ///   - classCount: The columns that the output has.
    /// - Throws: ``KernelProblem`` that says in plain words why the score is not that of one estimator, moved and scaled
    ///   at most.
    init(_ graph: Graph, value: String, column: Int, classCount: Int) throws(KernelProblem) {
        var trail = Trail(graph: graph, value: value, column: column, classCount: classCount)
        for _ in 0..<Self.stepCountMax {
            guard let node = trail.writer else { throw KernelProblem(.unsupported, "no operator computes the score") }
            switch trail.step(over: node) {
            case .passed: continue
            case .lost(let reason): throw KernelProblem(.unsupported, reason)
            case .found:
                self.init(
                    estimator: node, column: trail.column, link: trail.link, scale: trail.scale, shift: trail.shift,
                    isComplement: trail.isComplement)
                return
            }
        }
        throw KernelProblem(.unsupported, "more than \(Self.stepCountMax) operators lie between estimator and score")
    }

    private init(estimator: Node, column: Int, link: Link, scale: Double, shift: Double, isComplement: Bool) {
        self.estimator = estimator
        self.column = column
        self.link = link
        self.scale = scale
        self.shift = shift
        self.isComplement = isComplement
    }
}

extension ScoreOrigin {
    /// What a step back leads to.
    fileprivate enum Step {
        case passed
        case found
        /// The way ends before an estimator, and why.
        case lost(String)
    }

    /// A value on the way back, and what was passed.
    fileprivate struct Trail {
        let graph: Graph
        var value: String
        var column: Int
        let classCount: Int
        var link = Link.none
        var scale = 1.0
        var shift = 0.0
        var isComplement = false

        var writer: Node? { graph.nodes.first { $0.outputs.contains(value) } }

        mutating func step(over node: Node) -> Step {
            let name = node.operatorName
            guard !graph.functions.contains(node.qualifiedOperator) else {
                return .lost("the score comes out of the model's own function '\(name)'")
            }
            switch name {
            case "TreeEnsembleClassifier", "LinearClassifier":
                guard node.outputs.dropFirst().first == value else {
                    return .lost("the score is made of the labels that '\(name)' gives")
                }
                return .found
            case "TreeEnsembleRegressor", "TreeEnsemble", "LinearRegressor", "Gemm", "MatMul": return .found
            case "Identity", "ZipMap", "Flatten", "Squeeze", "Unsqueeze": return follow(node, 0)
            case "Cast":
                guard case .integer(let type)? = node.attributes["to"], [1, 11].contains(type) else {
                    return .lost("the score is cast to a type that holds no fractions")
                }
                return follow(node, 0)
            case "Reshape":
                // Columns below one another, as several targets are written, are not told apart here.
                guard classCount > 1 || column == 0 else {
                    return .lost("the scores of several targets are put below one another")
                }
                return follow(node, 0)
            case "Normalizer":
                // The scores of two classes that exclude each other sum to 1 already.
                return classCount == 2 ? follow(node, 0) : set(.other, node)
            case "Sigmoid": return set(.logistic, node)
            case "Softmax", "Exp": return set(.other, node)
            case "Concat": return choose(node)
            case "Add", "Sub", "Mul", "Div": return rescale(node)
            default: return .lost("the score comes out of '\(name)', and not out of one tree ensemble or linear model")
            }
        }

        private mutating func follow(_ node: Node, _ index: Int) -> Step {
            guard index < node.inputs.count else { return .lost("'\(node.operatorName)' has no input") }
            value = node.inputs[index]
            return .passed
        }

        /// Passes a link; what was done to its result must be no more than taking it from 1.
        private mutating func set(_ next: Link, _ node: Node) -> Step {
            if scale == -1, shift == 1, next == .logistic, link == .none {
                isComplement.toggle()
            } else if scale != 1 || shift != 0 {
                return .lost("what '\(node.operatorName)' gives is scaled or moved before it is the score")
            }
            (scale, shift) = (1, 0)
            // A softmax over probabilities, or a link of a link, leaves no score to speak of but the innermost one.
            link = link == .none ? next : .other
            return follow(node, 0)
        }

        /// One input per class, each a column.
        private mutating func choose(_ node: Node) -> Step {
            guard node.inputs.count == classCount, column < classCount else {
                return .lost("the score is put together from \(node.inputs.count) results")
            }
            let index = column
            column = 0
            return follow(node, index)
        }

        /// Multiplies or moves by a constant that is the same for all columns, or has one element for each.
        private mutating func rescale(_ node: Node) -> Step {
            let name = node.operatorName
            let constants = node.inputs.map { graph.initializers[$0] }
            guard constants.count == 2, let constant = constants[0] ?? constants[1], constants.contains(nil) else {
                return .lost(
                    "'\(name)' makes the score of several results, and not of one tree ensemble or linear model")
            }
            guard let numbers = constant.asDoubles, numbers.count == 1 || column < numbers.count,
                constant.shape.dropLast().allSatisfy({ $0 == 1 })
            else { return .lost("'\(name)' changes the score by more than one number per class") }
            let number = numbers.count == 1 ? numbers[0] : numbers[column]
            let isFirst = constants[0] != nil
            switch name {
            case "Add": shift += scale * number
            case "Sub" where isFirst:
                shift += scale * number
                scale = -scale
            case "Sub": shift -= scale * number
            case "Mul": scale *= number
            case "Div" where !isFirst: scale /= number
            default: return .lost("'\(name)' divides by what the estimator gives")
            }
            return follow(node, isFirst ? 1 : 0)
        }
    }
}
