/// A repeatable source of randomness: the same numbers on every run.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Starts with a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The bytes with one to four of them changed, removed, or repeated, or the tail cut off.
    public mutating func mutating(_ bytes: [UInt8]) -> [UInt8] {
        var mutated = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !mutated.isEmpty {
            let index = Int.random(in: 0..<mutated.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: mutated[index] = UInt8.random(in: 0...255, using: &self)
            case 1: mutated.remove(at: index)
            case 2: mutated.insert(mutated[index], at: index)
            case 3: mutated.removeSubrange(index...)
            case 4: mutated[index] = UInt8.random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &self)
            default: mutated[index] = bytes.randomElement(using: &self) ?? 0
            }
        }
        return mutated
    }
}
