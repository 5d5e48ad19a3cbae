/// A tree of a LightGBM model, read from its block.
struct LightGBMTree {
    /// What may still be read of the whole model's limits.
    struct Budget {
        var splits: Int
        var categories: Int
    }

    /// What counts as missing at a split, as bits 2 and 3 of its `decision_type` say.
    private enum Missing: Int {
        case none, zero, nan
    }

    /// The features that a split reads without a way for missing values.
    let neededFeatures: Set<Int>
    private let block: LightGBMBlock
    private let nodes: [BoostedTrees.Node]
    private let leaves: [BoostedTrees.Leaf]

    /// Reads a block.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` with the line and what was expected, `limitExceeded` when the
    ///   budget is used up, `unsupportedModel` for trees with linear models in their leaves.
    init(_ block: LightGBMBlock, featureCount: Int, budget: inout Budget) throws(ModelError) {
        self.block = block
        if try block.integer("is_linear", in: 0...1, default: 0) == 1 {
            throw ModelError(
                .unsupportedModel, "\(block.name) of the LightGBM model has linear models in its leaves",
                hint: "Train without linear_tree.")
        }
        let leafCount = try block.integer("num_leaves", in: 1...Int(Int32.max))
        let splitCount = leafCount - 1
        guard splitCount <= budget.splits else { throw Self.overLimit("splits") }
        budget.splits -= splitCount
        leaves = try Self.leaves(of: block, count: leafCount, hasSplits: splitCount > 0)
        guard splitCount > 0 else {
            nodes = []
            neededFeatures = []
            return
        }
        let features = try block.integers("split_feature", count: splitCount, in: 0...(featureCount - 1))
        let decisions =
            block.field("decision_type") == nil
            ? Array(repeating: 0, count: splitCount)
            : try block.integers("decision_type", count: splitCount, in: 0...11)
        nodes = try Self.nodes(of: block, features: features, decisions: decisions, &budget)
        neededFeatures = Set(zip(features, decisions).filter { $1 >> 2 == Missing.none.rawValue }.map(\.0))
    }

    /// The tree as one that adds to a target; its nodes read columns as ``LightGBMColumns`` numbers them.
    func tree(_ target: Int) throws(ModelError) -> BoostedTrees.Tree {
        let tree = BoostedTrees.Tree(target: target, nodes: nodes, leaves: leaves)
        if let defect = tree.defect() {
            throw .malformedLightGBM("\(block.name) is no tree: \(defect)", line: block.line)
        }
        return tree
    }

    private static func leaves(
        of block: LightGBMBlock, count: Int, hasSplits: Bool
    ) throws(ModelError) -> [BoostedTrees.Leaf] {
        let values = try block.numbers("leaf_value", count: count)
        // A tree without splits does not count its rows.
        let covers = hasSplits ? try counts("leaf_count", count, in: block) : Array(repeating: 0, count: count)
        return zip(values, covers).map { BoostedTrees.Leaf(value: $0, cover: $1) }
    }

    private static func counts(_ key: Substring, _ count: Int, in block: LightGBMBlock) throws(ModelError) -> [Double] {
        guard block.field(key) != nil else { return Array(repeating: 0, count: count) }
        return try block.integers(key, count: count, in: 0...Int(Int32.max)).map(Double.init)
    }

    private static func nodes(
        of block: LightGBMBlock, features: [Int], decisions: [Int], _ budget: inout Budget
    ) throws(ModelError) -> [BoostedTrees.Node] {
        let count = features.count
        // A split of missing values from all others has an infinite threshold.
        let thresholds = try block.numbers("threshold", count: count, allowsInfinity: true)
        let children = Int(Int32.min)...Int(Int32.max)
        let left = try block.integers("left_child", count: count, in: children)
        let right = try block.integers("right_child", count: count, in: children)
        let covers = try counts("internal_count", count, in: block)
        let sets = try categorySets(of: block, &budget)
        var nodes: [BoostedTrees.Node] = []
        nodes.reserveCapacity(count)
        for index in 0..<count {
            var node = BoostedTrees.Node(
                feature: features[index], condition: .lessOrEqual(thresholds[index]), sendsMissingToTrue: false,
                whenTrue: child(left[index]), whenFalse: child(right[index]), cover: covers[index])
            if decisions[index] & 1 == 1 {
                guard let place = Int(exactly: thresholds[index]), sets.indices.contains(place) else {
                    throw .malformedLightGBM(
                        "split \(index) of \(block.name) names the category set \(thresholds[index]), and there are "
                            + "\(sets.count)",
                        line: block.field("threshold")?.line ?? block.line)
                }
                decide(&node, categories: sets[place])
            } else {
                decide(
                    &node, threshold: thresholds[index], sendsMissingLeft: decisions[index] & 2 != 0,
                    missing: Missing(rawValue: decisions[index] >> 2) ?? .none)
            }
            nodes.append(node)
        }
        return nodes
    }

    /// A child below zero is the complement of a leaf's index.
    private static func child(_ number: Int) -> BoostedTrees.Child { number < 0 ? .leaf(~number) : .node(number) }

    /// Gives a node the rule of a numeric split.
    ///
    /// LightGBM turns every number within ±``LightGBMColumns/zeroBound`` into 0 before it compares, so a threshold
    /// within moves to the end of that range on its side. NaN counts as 0 unless the split treats it as missing.
    private static func decide(
        _ node: inout BoostedTrees.Node, threshold: Double, sendsMissingLeft: Bool, missing: Missing
    ) {
        let zero = LightGBMColumns.zeroBound
        let sendsZeroLeft = threshold >= 0
        if threshold >= -zero, threshold < zero {
            node.condition = .lessOrEqual(sendsZeroLeft ? zero : (-zero).nextDown)
        }
        switch missing {
        case .none:
            node.sendsMissingToTrue = sendsZeroLeft
        case .nan:
            node.sendsMissingToTrue = sendsMissingLeft
        case .zero:
            node.sendsMissingToTrue = sendsMissingLeft
            // Where zero goes the same way by comparison, the column can be read as it is.
            guard sendsMissingLeft != sendsZeroLeft else { break }
            node.feature = LightGBMColumns.number(of: node.feature, as: .zeroIsMissing)
            return
        }
        node.feature = LightGBMColumns.number(of: node.feature, as: .asGiven)
    }

    /// Gives a node the rule of a split by categories; whatever is not among them goes right.
    private static func decide(_ node: inout BoostedTrees.Node, categories: [Double]) {
        node.feature = LightGBMColumns.number(of: node.feature, as: .category)
        // No operator tests for membership in nothing; no number is below the smallest.
        node.condition = categories.isEmpty ? .less(-.infinity) : .member(categories)
    }

    /// The sets of categories that splits name by index, each stored as the bits of 32-bit words.
    private static func categorySets(
        of block: LightGBMBlock, _ budget: inout Budget
    ) throws(ModelError) -> [[Double]] {
        let count = try block.integer("num_cat", in: 0...Int(Int32.max), default: 0)
        guard count > 0 else { return [] }
        let bounds = try block.integers("cat_boundaries", count: count + 1, in: 0...Int(Int32.max))
        guard bounds[0] == 0, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw .malformedLightGBM(
                "'cat_boundaries' of \(block.name) do not ascend from 0",
                line: block.field("cat_boundaries")?.line ?? block.line)
        }
        let words = try block.integers("cat_threshold", count: bounds[count], in: 0...Int(UInt32.max))
        var sets: [[Double]] = []
        for index in 0..<count {
            var categories: [Double] = []
            for place in bounds[index]..<bounds[index + 1] {
                var bits = UInt32(words[place])
                while bits != 0 {
                    categories.append(Double((place - bounds[index]) * 32 + bits.trailingZeroBitCount))
                    bits &= bits - 1
                }
            }
            guard categories.count <= budget.categories else { throw overLimit("categories in its splits") }
            budget.categories -= categories.count
            sets.append(categories)
        }
        return sets
    }

    private static func overLimit(_ what: String) -> ModelError {
        ModelError(
            .limitExceeded, "the LightGBM model has too many \(what)", hint: "Train fewer or smaller trees.")
    }
}
