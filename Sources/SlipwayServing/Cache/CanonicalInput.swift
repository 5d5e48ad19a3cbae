import SlipwayModel

/// The input of a call as the model of one loaded version reads it, to be looked up in a cache.
///
/// It stands for the encoded tensors bit by bit, after validation and defaults: `1` and `1.0` are one number, the order
/// of the fields plays no part, and texts that only look alike are different. Equality compares all bytes; the hash is
/// taken once, with the seed that every process draws for itself.
struct CanonicalInput: Hashable, Sendable {
    private let bytes: [UInt8]
    private let digest: Int

    /// The bytes that it takes.
    var byteCount: Int { bytes.count }

    /// Spells the tensors of a call.
    ///
    /// - Parameter generation: What tells the loaded version from any other, also from itself loaded again.
    /// - Complexity: O(bytes of the tensors).
    init(_ tensors: [String: Tensor], generation: UInt64) {
        var bytes: [UInt8] = []
        Self.append(generation, to: &bytes)
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            Self.append(name, to: &bytes)
            Self.append(UInt64(tensor.shape.count), to: &bytes)
            for dimension in tensor.shape { Self.append(UInt64(dimension), to: &bytes) }
            Self.append(tensor.elements, to: &bytes)
        }
        self.bytes = bytes
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        digest = hasher.finalize()
    }

    /// Which of some parts of a cache the input belongs to.
    func part(of count: Int) -> Int { Int(UInt(bitPattern: digest) % UInt(count)) }

    /// Whether it belongs to a loaded version.
    func isOf(generation: UInt64) -> Bool {
        bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } == generation
    }

    static func == (left: CanonicalInput, right: CanonicalInput) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    private static func append(_ elements: Tensor.Elements, to bytes: inout [UInt8]) {
        switch elements {
        case .float32(let array): append(array, kind: 0, to: &bytes)
        case .float64(let array): append(array, kind: 1, to: &bytes)
        case .int32(let array): append(array, kind: 2, to: &bytes)
        case .int64(let array): append(array, kind: 3, to: &bytes)
        case .bool(let array): append(array, kind: 4, to: &bytes)
        case .string(let array):
            bytes.append(5)
            for text in array { append(text, to: &bytes) }
        }
    }

    /// The elements of numbers and truth values as they lie in memory.
    private static func append<Element: BitwiseCopyable>(_ array: [Element], kind: UInt8, to bytes: inout [UInt8]) {
        bytes.append(kind)
        array.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
}
