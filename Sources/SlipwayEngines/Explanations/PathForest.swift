/// Decision trees laid out for the contributions of features to a score, one target at a time.
///
/// ## What is computed
/// With the features in S known and the others not, a tree is worth the mean of its leaves, where a split on an unknown
/// feature sends a row both ways in the shares of the rows that it was trained on (the path-dependent game of Lundberg
/// et al., 2020). A leaf is reached with the weight ∏ oⱼ over known and ∏ wⱼ over unknown features of its path, where wⱼ
/// is the product of the shares of the path's splits on j, and oⱼ is 1 if the row satisfies them all, else 0. The
/// Shapley value of feature j at the leaf of value v is
///
///     v · (oⱼ − wⱼ) · ∫₀¹ ∏_{k≠j} (wₖ(1−x) + oₖx) dx,
///
/// a polynomial of a degree below the number of distinct features of the path, which Gauss–Legendre points integrate
/// exactly (Quadrature TreeSHAP, 2026, in the form that is exact for paths of any length).
///
/// ## How it is laid out
/// Every node of a tree but the root hangs from an edge; edges are numbered so that the k-th branch in pre-order owns
/// 2k + 1 (true) and 2k + 2 (false), and 0 is the root. What an edge does to the integrand depends on the row only
/// through oⱼ before and after it, so the three cases are tabulated as ``Effect`` and a row merely picks among them.
struct PathForest: Sendable {
    /// A split.
    struct Branch: Sendable {
        /// How a value is compared.
        ///
        /// Other comparisons are brought into these forms, some with the children exchanged.
        enum Test: UInt8, Sendable {
            /// `value <= threshold`.
            case lessOrEqual
            /// `value == threshold`.
            case equal
            /// The value is one of a set.
            case member
        }

        /// The number that values are compared with.
        var threshold: Double
        /// The column of the row.
        var column: Int32
        /// The feature that the split counts for: what is known or unknown as a whole, such as the field that several
        /// columns are made from.
        var feature: Int32
        /// The edge that the branch hangs from.
        var edge: Int32
        /// The nearest edge above that splits the same feature, or 0, the root's, when there is none.
        var previous: Int32
        /// The effect of either edge when the row takes the other one for the first time.
        var leaving: Int32
        /// The index of the set, for ``Test/member``.
        var members: Int32
        /// How the value is compared.
        var test: Test
        /// Whether NaN satisfies the split.
        var sendsMissingToTrue: Bool
    }

    /// What an edge does to the integrand at four points.
    struct Effect: Sendable, Equatable {
        /// The factor on the way down.
        var factor: SIMD4<Double>
        /// The share of its subtree's integrand that counts for the edge's feature, on the way up.
        var share: SIMD4<Double>
    }

    /// A tree with one split or more.
    struct Tree: Sendable {
        /// Where its branches begin, in pre-order.
        var firstBranch: Int
        /// The number of its branches.
        var branchCount: Int
        /// Where its edges begin in ``PathForest/fractions``; there are two per branch, and one for the root.
        var firstEdge: Int
        /// The most distinct features on one path.
        var distinctCount: Int
        /// The effects of one block of four points: two fixed ones, one per edge, one per repeated split.
        var effectCount: Int
        /// Where its effects begin in ``PathForest/effects``, or `nil` when they are computed for each call.
        var firstEffect: Int?
        /// Whether all its tests are ``Branch/Test/lessOrEqual``.
        var isPlain: Bool

        /// The number of edges, the root's included.
        var edgeCount: Int { 2 * branchCount + 1 }
        /// The blocks of four points that integrate its paths exactly: n points serve 2n features.
        var blockCount: Int { max(1, (distinctCount + 7) / 8) }
    }

    /// A tree as it counts for a target.
    struct Part: Sendable {
        /// The index in ``PathForest/trees``.
        var tree: Int
        /// Where in ``PathForest/values`` the values of the tree's edges begin.
        var firstValue: Int
    }

    var trees: [Tree] = []
    var branches: [Branch] = []
    /// For each edge the product of the shares of the path's splits on its feature, down to and with the edge itself.
    var fractions: [Double] = []
    /// For each edge 1 if it leads to a branch, else the value of the leaf times the shares of its whole path.
    var values: [Double] = []
    /// The effects of all trees, block by block.
    var effects: [Effect] = []
    /// The sets of ``Branch/Test/member``, sorted.
    var sets: [[Double]] = []
    /// The trees that count for each target.
    var parts: [[Part]] = []
    /// The expected score of each target: what is predicted when nothing is known.
    var bases: [Double] = []
    /// The number of features that contributions are given for.
    var featureCount = 0
    /// The columns that a row must have at least.
    var columnCount = 0

    /// The effects that all trees share: of an edge below one that the row did not take, and of the first such edge.
    static let fixedEffectCount = 2
}
