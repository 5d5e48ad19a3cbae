import SlipwayModel

/// `MurmurHash3` of ONNX Runtime: a 32-bit hash of each element by Austin Appleby's third function (2011).
final class HashKernel: UnaryKernel {
    private let seed: UInt32
    /// Whether hashes are unsigned.
    private let isPositive: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        seed = UInt32(truncatingIfNeeded: try context.integer("seed", default: 0))
        isPositive = try context.integer("positive", default: 1) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let hashes: [UInt32]
        switch input.elements {
        case .string(let array): hashes = array.map { hash(Array($0.utf8)) }
        case .int32(let array): hashes = array.map { hash(bytes(of: $0)) }
        case .int64(let array): hashes = array.map { hash(bytes(of: $0)) }
        case .float32(let array): hashes = array.map { hash(bytes(of: $0.bitPattern)) }
        case .float64(let array): hashes = array.map { hash(bytes(of: $0.bitPattern)) }
        case .bool: throw KernelProblem(.failed, "truth values have no hash")
        }
        return isPositive
            ? Tensor(hashes.map { Int64($0) }, shape: input.shape)
            : Tensor(hashes.map { Int32(bitPattern: $0) }, shape: input.shape)
    }

    /// The bytes of a number, the lowest first.
    private func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private func hash(_ bytes: [UInt8]) -> UInt32 {
        var state = seed
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let part = bytes[start..<min(start + 4, bytes.count)]
            let word = part.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            state ^= Self.rotated(word &* 0xCC9E_2D51, by: 15) &* 0x1B87_3593
            // What is left at the end is mixed in, but not stirred.
            if part.count == 4 { state = Self.rotated(state, by: 13) &* 5 &+ 0xE654_6B64 }
        }
        state ^= UInt32(truncatingIfNeeded: bytes.count)
        state = (state ^ state >> 16) &* 0x85EB_CA6B
        state = (state ^ state >> 13) &* 0xC2B2_AE35
        return state ^ state >> 16
    }

    private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
