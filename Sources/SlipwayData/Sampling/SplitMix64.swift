/// Random numbers from a seed: the same seed gives the same numbers on every machine and in every run.
///
/// The generator SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). What is drawn
/// with it is repeatable, and for the same reason it keeps no secret.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    /// What the state grows by with each number: 2^64 divided by the golden ratio, made odd.
    package static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private var state: UInt64

    /// Starts with a seed; of neighbouring seeds the numbers have nothing in common.
    package init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= Self.increment
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
