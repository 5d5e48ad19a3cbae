extension XGBoostModelReader {
    /// Reads the trees; ``assembled()`` checks them, as the number of features may come later in the file.
    mutating func readTrees() throws(ModelError) {
        var trees: [XGBoostTree] = []
        try reader.enterArray()
        while try reader.nextElement() {
            guard trees.count < limits.treeCount else {
                throw reader.failure("there are more than \(limits.treeCount) trees", kind: .limitExceeded)
            }
            let tree = try tree()
            nodeCount += tree.nodeCount
            guard nodeCount <= limits.nodeCount else {
                throw reader.failure("there are more than \(limits.nodeCount) nodes", kind: .limitExceeded)
            }
            trees.append(tree)
        }
        draft.trees = trees
    }

    private mutating func tree() throws(ModelError) -> XGBoostTree {
        var tree = XGBoostTree()
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "left_children": tree.leftChildren = try reader.integers()
            case "right_children": tree.rightChildren = try reader.integers()
            case "split_indices": tree.splitIndices = try reader.integers()
            case "split_conditions": tree.splitConditions = try reader.floats()
            case "default_left": tree.defaultLeft = try reader.integers()
            case "split_type": tree.splitTypes = try reader.integers()
            case "sum_hessian": tree.sumHessian = try reader.floats()
            case "categories": tree.categories = try reader.integers()
            case "categories_nodes": tree.categoriesNodes = try reader.integers()
            case "categories_segments": tree.categoriesSegments = try reader.integers()
            case "categories_sizes": tree.categoriesSizes = try reader.integers()
            case "leaf_weights": tree.leafWeights = try reader.floats()
            case "tree_param": tree.leafWidth = try leafWidth()
            default: try reader.skip()
            }
        }
        guard tree.leafWidth <= 1 || !tree.leafWeights.isEmpty else {
            throw ModelError(
                .unsupportedModel, "the XGBoost model has vectors as leaves in the layout of XGBoost before 3.1",
                hint: "Save it with XGBoost 3.1 or later, or train with multi_strategy=\"one_output_per_tree\".")
        }
        tree.leafWidth = max(1, tree.leafWidth)
        return tree
    }

    private mutating func leafWidth() throws(ModelError) -> Int {
        var width = 1
        try reader.enterObject()
        while let name = try reader.nextMember() {
            if name == "size_leaf_vector" { width = try count(max: limits.outputCount) } else { try reader.skip() }
        }
        return width
    }

    /// Reads the categories of the training rows' data frame, one entry per feature, empty for numbers.
    mutating func readCategories() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            guard name == "enc" else {
                try reader.skip()
                continue
            }
            try reader.enterArray()
            while try reader.nextElement() {
                guard draft.categories.count < limits.featureCount else {
                    throw reader.failure("there are more than \(limits.featureCount) features", kind: .limitExceeded)
                }
                draft.categories.append(try featureCategories())
            }
        }
    }

    /// Texts are stored as the bytes of all of them and where each begins; whole numbers as they are.
    private mutating func featureCategories() throws(ModelError) -> XGBoostCategories? {
        var offsets: [Int32]?
        var values: [Int64] = []
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "offsets": offsets = try reader.integers()
            case "values":
                try reader.enterArray()
                while try reader.nextElement() { values.append(try reader.integer()) }
            default: try reader.skip()
            }
        }
        guard let offsets else { return values.isEmpty ? nil : .integers(values) }
        guard offsets.count > 1 else { return nil }
        // XGBoost 3.2 counts the characters of a data frame's categories where bytes are meant: beyond ASCII the texts
        // are cut in wrong places and the last bytes are lost.
        guard values.allSatisfy({ (0..<128).contains($0) }) else {
            throw ModelError(
                .unsupportedModel, "the XGBoost model has categories beyond ASCII, which XGBoost does not store whole",
                hint: "Train with categories of plain letters, or with their codes as numbers.")
        }
        let bytes = values.map { UInt8(truncatingIfNeeded: $0) }
        var texts: [String] = []
        for (start, end) in zip(offsets, offsets.dropFirst()) {
            guard start >= 0, start <= end, end <= bytes.count else {
                throw reader.malformed("the bytes of category \(texts.count) are missing")
            }
            texts.append(String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self))
        }
        return .texts(texts)
    }
}
