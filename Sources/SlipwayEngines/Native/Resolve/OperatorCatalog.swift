import SlipwayModel

/// The operators that the native engine covers, with the way to make a kernel of each.
enum OperatorCatalog {
    /// The operator sets that a graph may be written in.
    enum Domain: String {
        /// The standard operators of ONNX.
        case standard = ""
        /// The operators of classic machine learning.
        case machineLearning = "ai.onnx.ml"

        /// The domain of a node; `ai.onnx` is the long name of the standard one.
        init?(named name: String) {
            self.init(rawValue: name == "ai.onnx" ? "" : name)
        }

        /// The versions of the operator set that are known.
        var versions: ClosedRange<Int> {
            switch self {
            case .standard: 7...26
            case .machineLearning: 1...5
            }
        }
    }

    /// An operator and the maker of its kernel.
    struct Entry: Sendable {
        let domain: Domain
        let name: String
        let make: @Sendable (NodeContext) throws(KernelProblem) -> any Kernel

        init(
            _ domain: Domain, _ name: String,
            _ make: @escaping @Sendable (NodeContext) throws(KernelProblem) -> any Kernel
        ) {
            self.domain = domain
            self.name = name
            self.make = make
        }
    }

    /// All entries; each folder of operators adds its own list.
    private static let entries: [String: Entry] = {
        let families = [
            arithmetic, encoding, linear, logic, reduction, scaling, shape, trees,
        ]
        return Dictionary(
            families.joined().map { ("\($0.domain.rawValue).\($0.name)", $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// Makes the kernel of a node.
    static func kernel(for context: NodeContext) throws(KernelProblem) -> any Kernel {
        let node = context.node
        guard let domain = Domain(named: node.domain), let entry = entries["\(domain.rawValue).\(node.operatorName)"]
        else {
            throw KernelProblem(.unsupported, "operator is not covered by the native engine")
        }
        guard domain.versions.contains(context.opset) else {
            throw KernelProblem(.unsupported, "operator set \(context.opset) is not covered by the native engine")
        }
        return try entry.make(context)
    }
}
