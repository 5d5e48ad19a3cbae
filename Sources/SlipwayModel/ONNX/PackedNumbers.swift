import Foundation

/// Rewrites the number lists of attributes in the shorter of their two encodings.
///
/// Most exporters write every number of a list as a field of its own, and a forest has millions of them. The parser
/// looks at each field anew; numbers packed into one field it reads many times faster. What is no well-formed list is
/// copied as it is, for the parser to judge.
///
/// Encoding: <https://protobuf.dev/programming-guides/encoding/#packed>.
struct PackedNumbers {
    /// The fields that lead from a model through its graph and the graph's nodes to attributes.
    private static let path: [UInt8] = [7, 1, 5]
    /// Shorter messages are left as they are.
    private static let leastByteCount = 1024

    /// The tags of the lists of an attribute, as separate fields and as a packed one.
    private enum List {
        static let float: UInt8 = 0x3D
        static let packedFloats: UInt8 = 0x3A
        static let integer: UInt8 = 0x40
        static let packedIntegers: UInt8 = 0x42
    }

    /// The bytes to parse.
    private(set) var bytes: [UInt8] = []

    /// Rewrites the bytes of a model.
    ///
    /// - Complexity: O(bytes).
    init(of model: Data) {
        bytes.reserveCapacity(model.count)
        model.withUnsafeBytes { Self.copy($0, level: 0, to: &bytes) }
    }

    /// Copies a message, with the messages on the path within it rewritten.
    private static func copy(_ source: UnsafeRawBufferPointer, level: Int, to output: inout [UInt8]) {
        guard level < path.count else { return copyLists(source, to: &output) }
        var fields = WireFields(source)
        var copied = 0
        while let field = fields.next(), !field.isGroupMark {
            guard let content = field.content, field.tag == UInt64(path[level] << 3 | 2),
                content.count >= leastByteCount
            else { continue }
            output.append(contentsOf: source[copied..<field.start])
            var child: [UInt8] = []
            child.reserveCapacity(content.count)
            copy(UnsafeRawBufferPointer(rebasing: source[content]), level: level + 1, to: &child)
            append(tag: UInt8(truncatingIfNeeded: field.tag), byteCount: child.count, to: &output)
            output.append(contentsOf: child)
            copied = content.upperBound
        }
        output.append(contentsOf: source[copied...])
    }

    /// Copies an attribute, with numbers that follow one another packed.
    private static func copyLists(_ source: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var fields = WireFields(source)
        var copied = 0
        while let field = fields.next(), !field.isGroupMark {
            let tag = source[field.start]
            let isFloat = tag == List.float
            guard isFloat || tag == List.integer else { continue }
            output.append(contentsOf: source[copied..<field.start])
            let end = isFloat ? fields.endOfFloats(tag) : fields.endOfIntegers(tag)
            let run = field.start..<end.place
            let byteCount = run.count - end.fieldCount
            append(tag: isFloat ? List.packedFloats : List.packedIntegers, byteCount: byteCount, to: &output)
            output.append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: byteCount) { numbers, count in
                    count = isFloat ? floats(source, run, to: numbers) : integers(source, run, to: numbers)
                })
            copied = end.place
        }
        output.append(contentsOf: source[copied...])
    }

    /// Copies the numbers of a run of fields of a tag and four bytes each.
    private static func floats(
        _ source: UnsafeRawBufferPointer, _ run: Range<Int>, to numbers: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        for field in stride(from: run.lowerBound, to: run.upperBound, by: 5) {
            for place in field + 1..<field + 5 {
                numbers[count] = source[place]
                count += 1
            }
        }
        return count
    }

    /// Copies the numbers of a run of fields of a tag and a base-128 number each.
    private static func integers(
        _ source: UnsafeRawBufferPointer, _ run: Range<Int>, to numbers: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var isTag = true
        for place in run {
            if isTag {
                isTag = false
            } else {
                numbers[count] = source[place]
                count += 1
                isTag = source[place] < 0x80
            }
        }
        return count
    }

    private static func append(tag: UInt8, byteCount: Int, to output: inout [UInt8]) {
        output.append(tag)
        var rest = UInt64(byteCount)
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }
}
