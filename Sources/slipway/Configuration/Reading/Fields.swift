/// The entries of one mapping by key.
struct Fields {
    /// The mapping.
    let node: YAMLNode
    private let entries: [String: YAMLNode.Entry]

    /// Makes fields of a mapping; a repeated key, which is reported elsewhere, counts once.
    init(node: YAMLNode) {
        self.node = node
        entries = Dictionary(node.entries.map { ($0.key, $0) }) { $1 }
    }

    /// The entry of a key, or `nil`.
    subscript(key: String) -> YAMLNode.Entry? { entries[key] }
}
