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
        var place = 0
        while place < bytes.count, !isOverLimit {
            guard let tag = Self.number(in: bytes, at: &place) else { return }
            switch tag & 7 {
            case 0: if Self.number(in: bytes, at: &place) == nil { return }
            case 1: place += 8
            case 5: place += 4
            // The fields of a group lie between its two marks and are counted as if they lay outside.
            case 3, 4: break
            case 2:
                guard let length = Self.number(in: bytes, at: &place), length <= UInt64(bytes.count - place) else {
                    return
                }
                let end = place + Int(length)
                if let child = kind.child(at: tag >> 3) {
                    count += 1
                    if child != .leaf {
                        walk(UnsafeRawBufferPointer(rebasing: bytes[place..<end]), as: child, depth: depth + 1)
                    }
                }
                place = end
            default: return
            }
        }
    }

    /// A base-128 number of at most ten bytes.
    private static func number(in bytes: UnsafeRawBufferPointer, at place: inout Int) -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        return nil
    }
}
