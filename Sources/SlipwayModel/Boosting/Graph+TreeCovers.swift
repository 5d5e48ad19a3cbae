extension Graph {
    /// The metadata entry that holds the covers.
    static let treeCoversKey = "tree_covers"

    /// How many training rows, or how much of their weight, came to each node and leaf of the graph's `TreeEnsemble`.
    ///
    /// First the nodes in the order of the attributes `nodes_…`, then the leaves in the order of `leaf_…`; `nil` for a
    /// graph that was not written by one of Slipway's own readers, or whose format does not tell.
    ///
    /// - Complexity: O(nodes); the metadata is parsed at every call.
    package var treeCovers: [Double]? {
        guard let text = metadata[Self.treeCoversKey] else { return nil }
        var covers: [Double] = []
        for word in text.split(separator: " ") {
            guard let cover = Double(word), cover >= 0, cover.isFinite else { return nil }
            covers.append(cover)
        }
        return covers
    }
}
