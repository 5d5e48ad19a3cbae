/// The places of whole numbers, or of the bits of other ones.
///
/// Numbers that lie close together, as categories mostly do, are found without any search.
struct NumberPlaces: Sendable {
    /// How much wider than the number of keys a range may be to be kept whole.
    private static let sparseness = 4

    private let lowest: Int64
    /// The place of each number from ``lowest`` on, or nothing when the numbers lie far apart.
    private let dense: [Int32]
    private let keys: [Int64]
    /// Places in the list of keys, -1 where the table is empty.
    private let slots: [Int32]
    private let seed: UInt64

    /// Keeps the keys of a list; of a key given twice the first or the last one counts.
    init(_ keys: [Int64], prefersLast: Bool) {
        self.keys = keys
        seed = .random(in: 0...UInt64.max)
        lowest = keys.min() ?? 0
        let (span, overflow) = (keys.max() ?? 0).subtractingReportingOverflow(lowest)
        if !overflow, span < Self.sparseness * keys.count + Self.sparseness {
            var dense = [Int32](repeating: -1, count: Int(span) + 1)
            for (place, key) in keys.enumerated() where prefersLast || dense[Int(key - lowest)] < 0 {
                dense[Int(key - lowest)] = Int32(place)
            }
            self.dense = dense
            slots = []
        } else {
            var slots = [Int32](repeating: -1, count: KeyHash.capacity(for: keys.count))
            for (place, key) in keys.enumerated() {
                var slot = Int(truncatingIfNeeded: KeyHash.mixed(UInt64(bitPattern: key) ^ seed)) & (slots.count - 1)
                while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & (slots.count - 1) }
                if prefersLast || slots[slot] < 0 { slots[slot] = Int32(place) }
            }
            self.slots = slots
            dense = []
        }
    }

    /// The place of a key in the list, or -1.
    @inline(__always)
    func place(of key: Int64) -> Int {
        if slots.isEmpty {
            let distance = UInt64(bitPattern: key &- lowest)
            return distance < UInt64(dense.count) ? Int(dense[Int(truncatingIfNeeded: distance)]) : -1
        }
        var slot = Int(truncatingIfNeeded: KeyHash.mixed(UInt64(bitPattern: key) ^ seed)) & (slots.count - 1)
        while true {
            let place = Int(slots[slot])
            if place < 0 || keys[place] == key { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
    }
}
