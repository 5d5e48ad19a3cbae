/// The form that a value must have: how to read it, and an example for messages.
///
/// Reading gives `nil` only after it reported why.
struct Form<Value> {
    /// A value in this form, as it is written in YAML.
    let example: String
    /// Reads a node, or reports and gives nothing.
    let read: (YAMLNode, inout ConfigurationReader) -> Value?

    /// Makes a form.
    init(example: String, read: @escaping (YAMLNode, inout ConfigurationReader) -> Value?) {
        self.example = example
        self.read = read
    }

    /// Makes the form of a scalar whose text tells by itself whether it fits.
    init(_ noun: String, example: String, parse: @escaping (String) -> Value?) {
        self.init(example: example) { node, reader in
            if let value = node.text.flatMap(parse) { return value }
            reader.report("\(node.kindName) is not \(noun); write \(noun) such as \(example)", at: node)
            return nil
        }
    }
}
