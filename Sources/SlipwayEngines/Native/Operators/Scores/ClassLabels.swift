import SlipwayModel

/// The classes that a classifier names, as whole numbers or as texts.
enum ClassLabels: Sendable, Equatable {
    case integers([Int64])
    case strings([String])

    /// Reads the attributes of a node; the list of whole numbers is named differently from operator to operator.
    init(_ context: NodeContext, integers name: String) throws(KernelProblem) {
        let texts = try context.strings("classlabels_strings") ?? []
        let numbers = try context.integers(name) ?? []
        guard texts.isEmpty || numbers.isEmpty else {
            throw KernelProblem(.invalid, "classes are named by texts and by numbers at once")
        }
        guard !texts.isEmpty || !numbers.isEmpty else { throw KernelProblem(.invalid, "no classes are named") }
        guard max(texts.count, numbers.count) <= NativeLimits.scores else {
            throw KernelProblem(.tooLarge, "there are more than \(NativeLimits.scores) classes")
        }
        self = texts.isEmpty ? .integers(numbers.map { Int64($0) }) : .strings(texts)
    }

    /// The number of classes.
    var count: Int {
        switch self {
        case .integers(let labels): labels.count
        case .strings(let labels): labels.count
        }
    }

    /// The classes as text.
    var texts: [String] {
        switch self {
        case .integers(let labels): labels.map(String.init)
        case .strings(let labels): labels
        }
    }

    /// A vector with the class of each row.
    func tensor(of classes: [Int]) -> Tensor {
        switch self {
        case .integers(let labels): Tensor(classes.map { labels[$0] }, shape: [classes.count])
        case .strings(let labels): Tensor(classes.map { labels[$0] }, shape: [classes.count])
        }
    }
}
