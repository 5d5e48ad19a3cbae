import SlipwayData
import Yams

/// Turns the syntax tree of Yams into ``YAMLNode`` values, and collects what has no place in a configuration file.
struct YAMLTreeBuilder {
    /// What is said of an anchor or alias.
    static let anchorMessage = "anchors (&) and aliases (*) are not read; write the value out, or quote the text"
    /// What is said of a value that lies too deep.
    static let depthMessage = "the file is nested more than \(YAMLDocument.depthMax) levels deep"

    /// The file that the tree comes from.
    let file: String
    /// The names of repeated keys by the place of every occurrence but the last.
    let maskedKeys: [YAMLComposition.Position: String]
    /// What was found on the way.
    private(set) var problems: [ConfigurationProblem] = []
    /// The values seen so far.
    private(set) var valueCount = 0

    /// Starts a walk.
    init(file: String, maskedKeys: [YAMLComposition.Position: String]) {
        self.file = file
        self.maskedKeys = maskedKeys
    }

    /// The node with all below it; a part that is reported reads as nothing.
    mutating func node(_ node: Node?, at path: ConfigurationPath, depth: Int) -> YAMLNode {
        let place = location(of: node)
        valueCount += 1
        // The whole file is refused then, so what lies beyond need not be read.
        guard let node, valueCount <= YAMLDocument.valueCountMax else {
            return YAMLNode(content: .null, location: place, path: path)
        }
        var content = YAMLNode.Content.null
        if node.anchor != nil {
            report(Self.anchorMessage, at: place, path)
        } else if depth > YAMLDocument.depthMax {
            report(Self.depthMessage, at: place, path)
        } else {
            reportTag(of: node, at: place, path)
            content = contents(of: node, at: path, depth: depth)
        }
        return YAMLNode(content: content, location: place, path: path)
    }

    private mutating func contents(of node: Node, at path: ConfigurationPath, depth: Int) -> YAMLNode.Content {
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return isNull ? .null : .scalar(scalar.string, isQuoted: scalar.style != .plain)
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            for (position, element) in sequence.enumerated() {
                elements.append(self.node(element, at: .index(position, of: path), depth: depth + 1))
            }
            return .sequence(elements)
        case .mapping(let mapping):
            return .mapping(entries(of: mapping, at: path, depth: depth))
        case .alias(let alias):
            report(Self.anchorMessage, at: location(of: .alias(alias)), path)
            return .null
        }
    }

    private mutating func entries(
        of mapping: Node.Mapping, at path: ConfigurationPath, depth: Int
    ) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var earlierLines: [String: [Int]] = [:]
        for (key, value) in mapping {
            let place = location(of: key)
            guard case .scalar(let scalar) = key, key.anchor == nil else {
                report("a key must be plain text", at: place, path)
                continue
            }
            let position = YAMLComposition.Position(line: place.line, column: place.column ?? 1)
            if let name = maskedKeys[position] {
                earlierLines[name, default: []].append(place.line)
                continue
            }
            let keyPath = ConfigurationPath.key(scalar.string, of: path)
            if let lines = earlierLines[scalar.string] {
                let text = Quotation.alternatives(lines.map(String.init)).replacing(" or ", with: " and ")
                report("this key is set already on line \(text); keep one of them", at: place, keyPath)
            }
            let node = node(value, at: keyPath, depth: depth + 1)
            entries.append(YAMLNode.Entry(key: scalar.string, location: place, value: node))
        }
        return entries
    }

    private mutating func reportTag(of node: Node, at place: SourceLocation, _ path: ConfigurationPath) {
        let tag: String =
            switch node {
            case .scalar(let scalar): scalar.tag.rawValue
            case .sequence(let sequence): sequence.tag.rawValue
            case .mapping(let mapping): mapping.tag.rawValue
            case .alias: ""
            }
        let core = ["", "!"] + [Tag.Name.str, .seq, .map].map(\.rawValue)
        guard !core.contains(tag) else { return }
        report("the tag \(Quotation.quoted(tag)) is not read; write the plain value", at: place, path)
    }

    private mutating func report(_ message: String, at place: SourceLocation, _ path: ConfigurationPath) {
        problems.append(ConfigurationProblem(location: place, path: path, message: message))
    }

    private func location(of node: Node?) -> SourceLocation {
        SourceLocation(file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1)
    }
}
