import Foundation

/// Checks a parsed model against the rules of the format and converts it, noting every finding on the way.
///
/// The parts live in extensions: the header, the values, the constants, the nodes, and the names that tie them.
struct GraphReader {
    /// Findings kept; a hostile file could otherwise hold millions.
    static let diagnosticLimit = 100

    let model: ONNXModel
    private(set) var diagnostics: [Diagnostic] = []
    var decodedBytes = 0
    /// The functions that the model defines, by qualified name.
    var functions: Set<String> = []
    /// Their definitions, when none calls itself and all of them together stay within the limit of nodes.
    var functionDefinitions: [String: ONNXFunctionProto] = [:]
    /// The domains that hold those functions and nothing else.
    var functionDomains: Set<String> = []

    init(_ model: ONNXModel) { self.model = model }

    var message: ONNXGraphProto { model.message.graph }

    /// Converts the model; the result is a sound graph only when no finding is an error.
    mutating func read() -> Graph {
        let opsets = readHeader()
        functions = readFunctions()
        let initializers = readInitializers()
        let inputs = readValues(message.input, role: "input").filter { initializers[$0.name] == nil }
        let outputs = readValues(message.output, role: "output")
        let nodes = readNodes(opsets: opsets)
        checkNames(nodes: nodes)
        return Graph(
            name: message.name, inputs: inputs, outputs: outputs, nodes: ordered(nodes), initializers: initializers,
            narrowConstants: narrowConstants, opsets: opsets, functions: functions, metadata: readMetadata(),
            source: model.bytes)
    }

    /// Reads what may as well be left out: `nil`, and no finding, when it has an error.
    mutating func tentatively<Value>(_ read: (inout GraphReader) -> Value) -> Value? {
        let kept = diagnostics
        diagnostics = []
        let value = read(&self)
        let isSound = diagnostics.allSatisfy { $0.severity != .error }
        diagnostics = kept
        return isSound ? value : nil
    }

    mutating func refuse(as kind: ModelError.Code = .invalidGraph, node: String? = nil, _ message: String) {
        note(Diagnostic(.error, kind, node: node, message))
    }

    mutating func warn(as kind: ModelError.Code = .unsupportedModel, node: String? = nil, _ message: String) {
        note(Diagnostic(.warning, kind, node: node, message))
    }

    private mutating func note(_ diagnostic: Diagnostic) {
        if diagnostics.count < GraphReader.diagnosticLimit {
            diagnostics.append(diagnostic)
        } else if diagnostic.severity == .error, !diagnostics.contains(where: { $0.severity == .error }) {
            // A model with many warnings must still be refused for its first error.
            diagnostics[diagnostics.count - 1] = diagnostic
        }
    }
}

/// A name from a file in quotes, cut to a length that a message can carry.
func quoted(_ name: String) -> String {
    let longest = 80
    return name.utf8.count <= longest ? "'\(name)'" : "'\(name.prefix(longest))…'"
}
