/// Reads Universal Binary JSON (draft 12), with all of its optimised containers.
///
/// A container may announce how many elements it has (`#`) and which type they share (`$`). Announced counts are only
/// believed as far as the remaining bytes can hold so many elements.
struct UBJSONDocumentReader: DocumentReader {
    /// The markers of the format.
    enum Marker {
        static let null = UInt8(ascii: "Z"), noOperation = UInt8(ascii: "N")
        static let yes = UInt8(ascii: "T"), no = UInt8(ascii: "F")
        static let int8 = UInt8(ascii: "i"), uint8 = UInt8(ascii: "U"), int16 = UInt8(ascii: "I")
        static let int32 = UInt8(ascii: "l"), int64 = UInt8(ascii: "L")
        static let float32 = UInt8(ascii: "d"), float64 = UInt8(ascii: "D"), decimal = UInt8(ascii: "H")
        static let character = UInt8(ascii: "C"), text = UInt8(ascii: "S")
        static let array = UInt8(ascii: "["), arrayEnd = UInt8(ascii: "]")
        static let object = UInt8(ascii: "{"), objectEnd = UInt8(ascii: "}")
        static let type = UInt8(ascii: "$"), count = UInt8(ascii: "#")
    }

    let bytes: UnsafeRawBufferPointer
    var position = 0
    var stack: DocumentStack

    init(_ bytes: UnsafeRawBufferPointer, depthMax: Int) {
        self.bytes = bytes
        stack = DocumentStack(depthMax: depthMax)
    }

    /// The bytes not read yet.
    var remainingCount: Int { bytes.count - position }

    mutating func nextKind() throws(ModelError) -> DocumentValueKind {
        let marker = try peekMarker()
        switch marker {
        case Marker.object: return .object
        case Marker.array: return .array
        case Marker.text, Marker.character, Marker.decimal: return .text
        case Marker.yes, Marker.no, Marker.null: return .other
        default:
            if Self.size(of: marker) != nil { return .number }
            throw malformed("expected a value, found \(Self.name(of: marker))")
        }
    }

    mutating func enterObject() throws(ModelError) { try enter(Marker.object, isObject: true) }

    mutating func enterArray() throws(ModelError) { try enter(Marker.array, isObject: false) }

    mutating func nextMember() throws(ModelError) -> String? {
        guard try hasNext(before: Marker.objectEnd) else { return nil }
        let name = try lengthAndText()
        guard stack.beginMember(name) else { throw malformed("the name occurs twice in its object") }
        return name
    }

    mutating func nextElement() throws(ModelError) -> Bool {
        guard try hasNext(before: Marker.arrayEnd) else { return false }
        stack.beginElement()
        return true
    }

    mutating func skipArray() throws(ModelError) {
        try enterArray()
        if let level = stack.current, let size = level.sharedType.flatMap(Self.size), let count = level.remaining {
            // That the bytes are there was checked when the count was read.
            position += count * size
            stack.leave()
            return
        }
        while try nextElement() { try skip() }
    }

    mutating func finish() throws(ModelError) {
        while position < bytes.count, bytes[position] == Marker.noOperation { position += 1 }
        guard position == bytes.count else { throw malformed("\(remainingCount) bytes stand after the document") }
    }

    private mutating func enter(_ opening: UInt8, isObject: Bool) throws(ModelError) {
        let marker = try takeMarker()
        guard marker == opening else {
            throw malformed("expected \(isObject ? "an object" : "an array"), found \(Self.name(of: marker))")
        }
        guard !stack.isFull else {
            throw failure("it is nested deeper than \(stack.depthMax) levels", kind: .limitExceeded)
        }
        var level = DocumentStack.Level(isObject: isObject)
        if try skip(Marker.type) {
            let type = try byte()
            guard Self.size(of: type) != nil || Self.isTextOrContainer(type) || Self.isWithoutPayload(type) else {
                throw malformed("elements cannot share the type \(Self.name(of: type))")
            }
            level.sharedType = type
            guard try skip(Marker.count) else { throw malformed("expected a count after the shared type") }
            level.remaining = try count(of: type)
        } else if try skip(Marker.count) {
            level.remaining = try count(of: nil)
        }
        stack.enter(level)
    }

    /// Reads the announced number of elements, each of which takes at least one byte, or as many as its type needs.
    private mutating func count(of type: UInt8?) throws(ModelError) -> Int {
        let count = try length()
        let size = type.flatMap(Self.size) ?? 1
        guard count <= remainingCount / size else {
            throw malformed("\(count) elements are announced, but only \(remainingCount) bytes follow")
        }
        return count
    }

    /// Whether another member or element comes; at the end the level is left.
    private mutating func hasNext(before closing: UInt8) throws(ModelError) -> Bool {
        if let isMore = stack.takeFromRemaining() {
            if !isMore { stack.leave() }
            return isMore
        }
        try skipNoOperations()
        guard try skip(closing) else { return true }
        stack.leave()
        return false
    }

    /// The marker of the value that comes next, which stays unread.
    private mutating func peekMarker() throws(ModelError) -> UInt8 {
        if let shared = stack.current?.sharedType { return shared }
        try skipNoOperations()
        return bytes[position]
    }

    /// The marker of the value that comes next.
    mutating func takeMarker() throws(ModelError) -> UInt8 {
        let marker = try peekMarker()
        if stack.current?.sharedType == nil { position += 1 }
        return marker
    }

    /// Moves past bytes without meaning to one with, which must be there.
    private mutating func skipNoOperations() throws(ModelError) {
        while position < bytes.count, bytes[position] == Marker.noOperation { position += 1 }
        guard position < bytes.count else { throw malformed("the file ends too early") }
    }

    /// Moves past one byte if it is the wanted one.
    private mutating func skip(_ wanted: UInt8) throws(ModelError) -> Bool {
        guard position < bytes.count else { throw malformed("the file ends too early") }
        guard bytes[position] == wanted else { return false }
        position += 1
        return true
    }

    /// The next byte.
    mutating func byte() throws(ModelError) -> UInt8 {
        guard position < bytes.count else { throw malformed("the file ends too early") }
        position += 1
        return bytes[position - 1]
    }
}
