/// Decides which calls, or which entities, a challenger gets.
///
/// An entity's place is a hash of its key, the model, and the version: it is the same in every process and after every
/// restart, and another for the next challenger, so that it is not always the same customers who try something new. A
/// larger share of the same version keeps all that it had.
struct TrafficSplit: Sendable {
    private let share: Double
    private let seed: UInt64

    init(share: Double, model: String, version: Int) {
        self.share = share
        seed = Self.hash("\(model)@\(version)", from: 0xCBF2_9CE4_8422_2325)
    }

    /// Whether the challenger gets an entity.
    func picks(_ key: String) -> Bool {
        // The finaliser of SplitMix64 spreads the last bytes of the key over all bits.
        var mixed = Self.hash(key, from: seed)
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) * 0x1p-53 < share
    }

    /// Whether the challenger gets a call that tells no key.
    func draws() -> Bool { share >= 1 || Double.random(in: 0..<1) < share }

    /// The hash FNV-1a in 64 bits, of Fowler, Noll, and Vo.
    private static func hash(_ text: String, from start: UInt64) -> UInt64 {
        text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
