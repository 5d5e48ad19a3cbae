extension Form {
    /// One of a few words, given as an enumeration.
    static func choice(_ noun: String) -> Form where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return Form(example: words.first ?? "") { node, reader in
            if let value = node.text.flatMap(Value.init(rawValue:)) { return value }
            let ending = Suggestion.ending(for: node.text ?? "", among: words)
            reader.report("\(node.kindName) is not \(noun)\(ending)", at: node)
            return nil
        }
    }

    /// A list of at least one element; elements that do not fit are reported and left out.
    static func list<Element>(of element: Form<Element>, example: String) -> Form where Value == [Element] {
        Form(example: example) { node, reader in
            guard case .sequence(let nodes) = node.content, !nodes.isEmpty else {
                let found = if case .sequence = node.content { "an empty list" } else { node.kindName }
                reader.report("found \(found) where a list belongs, such as \(example)", at: node)
                return nil
            }
            var elements: [Element] = []
            for child in nodes {
                if let value = element.read(child, &reader) { elements.append(value) }
            }
            return elements
        }
    }
}
