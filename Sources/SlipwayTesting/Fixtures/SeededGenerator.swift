import SlipwayData

/// The randomness of tests: the numbers of ``SplitMix64``, and damage done to files with them.
public struct SeededGenerator: RandomNumberGenerator {
    private var numbers: SplitMix64

    /// Starts with a seed.
    public init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 { numbers.next() }

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
