import SlipwayModel

/// An ensemble of decision trees in one plain form, whichever ONNX operator it was written with.
///
/// Everything that an operator says about its trees is here, checked once: every index is in range, every branch of
/// every tree ends in a leaf, every weight speaks of a target that is there. What runs fast is made from it, and so
/// is all that explains, translates or examines trees.
struct DecisionForest: Sendable, Equatable {
    /// The precision in which an operator holds thresholds and weights.
    ///
    /// Rows in single precision are compared and summed in single precision; rows in double precision always in
    /// double precision, where thresholds in single precision are widened.
    enum Precision: Sendable {
        /// 32-bit floats; so are thresholds of 16 bits, which are widened.
        case float32
        /// 64-bit floats.
        case float64
    }

    /// How a branch compares a feature with its threshold.
    enum Comparison: Sendable, CaseIterable {
        case lessOrEqual, less, greater, greaterOrEqual, equal, notEqual
        /// Whether the feature equals any of the branch's members.
        case member
    }

    /// A branch or a leaf.
    struct Node: Sendable, Equatable {
        /// How a branch compares; `nil` for a leaf.
        var comparison: Comparison?
        /// The feature that a branch reads; 0 for a leaf.
        var feature: Int32 = 0
        /// What the feature is compared with; 0 for a leaf or a test of membership.
        var threshold = 0.0
        /// The members of a test of membership, in ``DecisionForest/memberValues``.
        var members: Range<Int32> = 0..<0
        /// Whether NaN takes the true branch even though it compares false.
        ///
        /// Without it NaN goes where its comparison goes: false, except that NaN is not equal to anything.
        var sendsMissingToTrue = false
        /// The node after a comparison that holds.
        var whenTrue: Int32 = 0
        /// The node after a comparison that does not hold.
        var whenFalse: Int32 = 0
        /// What a leaf adds to scores, in ``DecisionForest/weights``; may be empty.
        var weights: Range<Int32> = 0..<0
        /// The weight of training rows that reached the node (`nodes_hitrates`); 0 when it is not given.
        var cover = 0.0
    }

    /// What a leaf adds to one target or class.
    struct Weight: Sendable, Equatable {
        var target: Int32
        var value: Double
    }

    /// The root of each tree, in the order in which leaves are summed.
    var roots: [Int32]
    /// The nodes: each tree's stand together, in pre-order with the true branch first.
    ///
    /// A node that two branches of one tree share stands where it is met first.
    var nodes: [Node]
    /// What leaves add; a single target has at most one weight per leaf.
    var weights: [Weight]
    /// The members of all tests of membership.
    var memberValues: [Double]
    /// The number of targets or classes.
    var targetCount: Int
    /// The features that a row must have at least.
    var featureCount: Int
    /// How the leaves that a row reaches become scores.
    var aggregate: TreeAggregate
    /// What is done to scores at the end, as far as ONNX Runtime does it.
    var transform: PostTransform
    /// What scores start from: none, one per target, or for two classes also just one.
    var baseValues: [Double]
    /// The precision of thresholds and weights.
    var precision: Precision
    /// The classes; `nil` for a regressor.
    var labels: ClassLabels?

    /// Reads `TreeEnsembleRegressor`, `TreeEnsembleClassifier` or, of operator set 5, `TreeEnsemble`.
    ///
    /// - Parameters:
    ///   - context: The node with its attributes.
    ///   - covers: The covers of a `TreeEnsemble` where the graph knows them from elsewhere: those of all branches, then
    ///     those of all leaves, in the order of the attributes. Of any other length they are ignored.
    /// - Throws: ``KernelProblem`` for attributes that are missing, of different lengths, or out of range, for cycles,
    ///   and for what is not covered: a classifier of one class, a probit of two classes.
    /// - Complexity: O(nodes + weights + members).
    init(_ context: NodeContext, covers: [Double] = []) throws(KernelProblem) {
        switch context.node.operatorName {
        case "TreeEnsembleRegressor": try self.init(classic: context, prefix: "target")
        case "TreeEnsembleClassifier": try self.init(classic: context, prefix: "class")
        case "TreeEnsemble": try self.init(unified: context, covers: covers)
        default: throw KernelProblem(.unsupported, "the operator is no ensemble of trees")
        }
    }

    /// Puts checked parts together: nodes in the order of a file become trees in pre-order.
    init(
        _ parts: ForestParts, targetCount: Int, aggregate: TreeAggregate, transform: PostTransform,
        baseValues: [Double], precision: Precision, labels: ClassLabels?
    ) throws(KernelProblem) {
        var layout = ForestLayout(parts)
        roots = []
        roots.reserveCapacity(parts.roots.count)
        for root in parts.roots { roots.append(try layout.add(treeAt: root)) }
        nodes = layout.nodes
        featureCount = layout.featureCount
        weights = parts.weights
        memberValues = parts.memberValues
        self.targetCount = targetCount
        self.aggregate = aggregate
        self.transform = transform.applied(toTargets: targetCount)
        self.baseValues = baseValues
        self.precision = precision
        self.labels = labels
    }
}
