/// The places of texts, which are equal when their UTF-8 bytes are.
struct TextPlaces: Sendable {
    /// A key: where its bytes lie in ``bytes``.
    private struct Entry: Sendable {
        var place: Int32
        var start: Int32
        var count: Int32
    }

    private let bytes: [UInt8]
    /// The keys where their hashes lead to; a place of -1 is empty.
    private let slots: [Entry]
    private let seed: UInt64

    /// Keeps the keys of a list; of a key given twice the first or the last one counts.
    init(_ keys: [String], prefersLast: Bool) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var bytes: [UInt8] = []
        var slots = [Entry](
            repeating: Entry(place: -1, start: 0, count: 0), count: KeyHash.capacity(for: keys.count))
        for (place, key) in keys.enumerated() {
            var key = key
            key.withUTF8 { text in
                let slot = Self.slot(of: text, in: slots, bytes, seed)
                guard slots[slot].place >= 0 else {
                    slots[slot] = Entry(place: Int32(place), start: Int32(bytes.count), count: Int32(text.count))
                    bytes.append(contentsOf: text)
                    return
                }
                if prefersLast { slots[slot].place = Int32(place) }
            }
        }
        self.seed = seed
        self.bytes = bytes
        self.slots = slots
    }

    /// The place of a key in the list, or -1.
    func place(of key: String) -> Int {
        if let place = key.utf8.withContiguousStorageIfAvailable({ place(of: $0) }) { return place }
        return Array(key.utf8).withUnsafeBufferPointer { place(of: $0) }
    }

    @inline(__always)
    private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        Int(slots[Self.slot(of: text, in: slots, bytes, seed)].place)
    }

    /// The slot that holds a text, or the empty one where it would be put.
    @inline(__always)
    private static func slot(
        of text: UnsafeBufferPointer<UInt8>, in slots: [Entry], _ bytes: [UInt8], _ seed: UInt64
    ) -> Int {
        var slot = Int(truncatingIfNeeded: hash(text, seed)) & (slots.count - 1)
        return slots.withUnsafeBufferPointer { slots in
            bytes.withUnsafeBufferPointer { bytes in
                while slots[slot].place >= 0, !isEqual(text, slots[slot], bytes) {
                    slot = (slot + 1) & (slots.count - 1)
                }
                return slot
            }
        }
    }

    @inline(__always)
    private static func isEqual(
        _ text: UnsafeBufferPointer<UInt8>, _ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard text.count == Int(entry.count) else { return false }
        let (left, right) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(bytes))
        let start = Int(entry.start)
        guard left.count >= 8 else {
            return head(of: left, from: 0, left.count) == head(of: right, from: start, left.count)
        }
        for offset in stride(from: 0, to: left.count - 8, by: 8) where word(left, offset) != word(right, start + offset)
        {
            return false
        }
        return word(left, left.count - 8) == word(right, start + left.count - 8)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Fewer than eight bytes in one number, of which those in the middle may stand there twice.
    @inline(__always)
    private static func head(of bytes: UnsafeRawBufferPointer, from start: Int, _ count: Int) -> UInt64 {
        if count >= 4 {
            let first = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
            return UInt64(first) << 32 | UInt64(bytes.loadUnaligned(fromByteOffset: start + count - 4, as: UInt32.self))
        }
        guard count > 0 else { return 0 }
        let (first, middle, last) = (bytes[start], bytes[start + count / 2], bytes[start + count - 1])
        return UInt64(first) << 16 | UInt64(middle) << 8 | UInt64(last)
    }

    /// A hash of a text, eight bytes at a time; the last ones may be read twice.
    @inline(__always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
        let raw = UnsafeRawBufferPointer(text)
        let count = raw.count
        var hash = seed ^ UInt64(truncatingIfNeeded: count)
        if count >= 8 {
            for offset in stride(from: 0, to: count - 8, by: 8) { hash = KeyHash.mixed(hash ^ word(raw, offset)) }
            return KeyHash.mixed(hash ^ word(raw, count - 8))
        }
        return KeyHash.mixed(hash ^ head(of: raw, from: 0, count))
    }
}
