import Foundation

/// Counts the messages in the bytes of a model without building them.
///
/// An empty message takes two bytes in a file and hundreds in memory, so a small file could exhaust memory if it were
/// parsed first. The walk follows only those fields that hold repeated messages.
///
/// Encoding: <https://protobuf.dev/programming-guides/encoding/>.
struct MessageCount {
    /// The messages that can repeat without bound, and where the walk goes on within them.
    private enum Kind {
        case model, function, graph, node, attribute, tensor, value, type, tensorType, shape, wrapper, leaf

        /// The kind of message that a field holds; `nil` for fields of any other type.
        func child(at field: UInt64) -> Kind? {
            switch (self, field) {
            case (.model, 7): .graph
            case (.model, 8), (.model, 14): .leaf
            case (.model, 25): .function
            case (.function, 7): .node
            case (.function, 9): .leaf
            case (.function, 11): .attribute
            case (.graph, 1): .node
            case (.graph, 5): .tensor
            case (.graph, 11), (.graph, 12): .value
            case (.graph, 15): .leaf
            case (.node, 5): .attribute
            case (.attribute, 5): .tensor
            case (.attribute, 6), (.attribute, 11): .graph
            case (.tensor, 13): .leaf
            case (.value, 2): .type
            case (.type, 1): .tensorType
            case (.type, 4), (.type, 5), (.type, 9): .wrapper
            case (.wrapper, 1), (.wrapper, 2): .type
            case (.tensorType, 2): .shape
            case (.shape, 1): .leaf
            default: nil
            }
        }
    }

    private let limit: Int
    private let depthLimit: Int
    private(set) var count = 0

    /// Whether there are more messages than the limit; counting stops there.
    var isOverLimit: Bool { count > limit }

    /// Walks the bytes; those that are no message are left to the parser to refuse.
    ///
    /// - Complexity: O(bytes outside of long fields).
    init(of bytes: Data, limit: Int, depthLimit: Int) {
        self.limit = limit
        self.depthLimit = depthLimit
        bytes.withUnsafeBytes { walk($0, as: .model, depth: 0) }
    }

    private mutating func walk(_ bytes: UnsafeRawBufferPointer, as kind: Kind, depth: Int) {
        guard depth <= depthLimit else { return }
        var fields = WireFields(bytes)
        while !isOverLimit, let field = fields.next() {
            guard let content = field.content, let child = kind.child(at: field.tag >> 3) else { continue }
            count += 1
            if child != .leaf {
                walk(UnsafeRawBufferPointer(rebasing: bytes[content]), as: child, depth: depth + 1)
            }
        }
    }
}
