import SlipwayModel

/// The operators that the native engine covers, with the way to make a kernel of each.
enum OperatorCatalog {
    /// The operator sets that a graph may be written in.
    enum Domain: String {
        /// The standard operators of ONNX.
        case standard = ""
        /// The operators of classic machine learning.
        case machineLearning = "ai.onnx.ml"
        /// Those that ONNX Runtime adds and exporters use.
        case runtime = "com.microsoft"

        /// The domain of a node; `ai.onnx` is the long name of the standard one.
        init?(named name: String) {
            self.init(rawValue: name == "ai.onnx" ? "" : name)
        }

        /// The versions of the operator set that are known.
        var versions: ClosedRange<Int> {
            switch self {
            case .standard: 1...26
            case .machineLearning: 1...5
            case .runtime: 1...1
            }
        }

        /// The version from which on operators are covered when nothing else is said of them.
        ///
        /// Before version 7 arithmetic had other rules of broadcasting.
        var usualVersion: Int { self == .standard ? 7 : 1 }
    }

    /// An operator and the maker of its kernel.
    struct Entry: Sendable {
        let domain: Domain
        let name: String
        /// The versions of the operator set in which the operator is known and covered.
        let versions: ClosedRange<Int>
        /// The narrow types of the outputs; the last one counts for all that follow.
        let results: [ResultType]
        /// What of the operator is declined, in words for its documentation; empty when nothing is.
        let limits: String
        let make: @Sendable (NodeContext) throws(KernelProblem) -> any Kernel

        init(
            _ domain: Domain, _ name: String, since: Int? = nil, until: Int = .max, results: [ResultType] = [.shared],
            limits: String = "",
            _ make: @escaping @Sendable (NodeContext) throws(KernelProblem) -> any Kernel
        ) {
            self.domain = domain
            self.name = name
            versions = (since ?? domain.usualVersion)...min(until, domain.versions.upperBound)
            self.results = results
            self.limits = limits
            self.make = make
        }
    }

    /// All entries; each folder of operators adds its own list.
    private static let entries: [String: Entry] = Dictionary(
        families.joined().map { ("\($0.domain.rawValue).\($0.name)", $0) }, uniquingKeysWith: { first, _ in first })

    /// The families of operators in the order of the documentation.
    static let families = [
        arithmetic, formulas, linear, logic, normalization, reduction, shape, places, text, encoding, scaling, trees,
        vectors, neighbors, control,
    ]

    /// Makes the kernel of a node.
    ///
    /// - Parameter narrow: The types of the inputs, where they are narrower than the form in which tensors keep them.
    static func kernel(
        for context: NodeContext, narrow: [ElementType?] = []
    ) throws(KernelProblem) -> (kernel: any Kernel, narrow: [ElementType?]) {
        let node = context.node
        if node.holdsFunction {
            guard narrow.allSatisfy({ $0 == nil }) else {
                throw KernelProblem(.unsupported, "narrow types given to a function of the model's own")
            }
            return (try FunctionCallKernel(context), [])
        }
        guard let domain = Domain(named: node.domain), let entry = entries["\(domain.rawValue).\(node.operatorName)"]
        else {
            throw KernelProblem(.unsupported, "operator is not covered by the native engine")
        }
        guard entry.versions.contains(context.opset) else {
            throw KernelProblem(.unsupported, "operator set \(context.opset) is not covered by the native engine")
        }
        let kernel = try entry.make(context)
        let types = try entry.resultTypes(context, inputs: narrow)
        return types.contains { $0 != nil } ? (NarrowingKernel(base: kernel, types: types), types) : (kernel, types)
    }
}
