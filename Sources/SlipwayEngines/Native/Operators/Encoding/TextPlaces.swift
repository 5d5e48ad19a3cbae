import SlipwayData

/// The places of texts, which are equal when their UTF-8 bytes are.
struct TextPlaces: Sendable {
    /// A short key.
    private struct ShortEntry: BitwiseCopyable {
        var first: UInt64
        var second: UInt64
        var place: Int
    }

    /// A longer key: where its bytes lie in ``bytes``.
    private struct Entry: BitwiseCopyable {
        var place: Int32
        var start: Int32
        var count: Int32
    }

    /// The short keys where their hashes lead to; a place of -1 is empty.
    private let short: FixedArray<ShortEntry>
    private let bytes: FixedArray<UInt8>
    /// The other keys in the same way.
    private let slots: FixedArray<Entry>
    private let seed: UInt64
    private let readsInline = ShortText.areInline

    /// Keeps the keys of a list; of a key given twice the first or the last one counts.
    init(_ keys: [String], prefersLast: Bool) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let capacity = KeyHash.capacity(for: keys.count)
        var bytes: [UInt8] = []
        var places: [ByteText: Int] = [:]
        for (place, key) in keys.enumerated() where prefersLast || places[ByteText(key)] == nil {
            places[ByteText(key)] = place
        }
        var short = [ShortEntry](repeating: ShortEntry(first: 0, second: 0, place: -1), count: capacity)
        var slots = [Entry](repeating: Entry(place: -1, start: 0, count: 0), count: capacity)
        for (key, place) in places {
            if let text = ShortText(key.text) {
                var slot = Self.hash(text, seed) & (capacity - 1)
                while short[slot].place >= 0 { slot = (slot + 1) & (capacity - 1) }
                short[slot] = ShortEntry(first: text.first, second: text.second, place: place)
                continue
            }
            Array(key.text.utf8).withUnsafeBufferPointer { text in
                var slot = Self.hash(text, seed) & (capacity - 1)
                while slots[slot].place >= 0 { slot = (slot + 1) & (capacity - 1) }
                slots[slot] = Entry(place: Int32(place), start: Int32(bytes.count), count: Int32(text.count))
                bytes.append(contentsOf: text)
            }
        }
        self.seed = seed
        self.short = FixedArray(short)
        self.bytes = FixedArray(bytes)
        self.slots = FixedArray(slots)
    }

    /// Finds the places of every so many texts of an array; the place of an unknown one is -1.
    @inline(__always)
    func forEachPlace(
        of texts: [String], from start: Int = 0, by step: Int = 1, count: Int,
        _ take: (_ index: Int, _ place: Int) -> Void
    ) {
        texts.withUnsafeBufferPointer { texts in
            guard let words = UnsafeRawPointer(texts.baseAddress)?.assumingMemoryBound(to: ShortText.Words.self) else {
                return
            }
            for index in 0..<count {
                if readsInline, let text = ShortText(inline: words[start &+ index &* step]) {
                    take(index, place(of: text))
                } else {
                    take(index, place(of: texts[start &+ index &* step]))
                }
            }
        }
    }

    /// The place of a key in the list, or -1.
    @inline(never)
    func place(of key: String) -> Int {
        if let text = ShortText(key) { return place(of: text) }
        if let place = key.utf8.withContiguousStorageIfAvailable({ place(of: $0) }) { return place }
        return Array(key.utf8).withUnsafeBufferPointer { place(of: $0) }
    }

    @inline(__always)
    private func place(of text: ShortText) -> Int {
        var slot = Self.hash(text, seed) & (short.count &- 1)
        while true {
            let entry = short.start + slot
            if entry.pointee.first == text.first && entry.pointee.second == text.second || entry.pointee.place < 0 {
                return entry.pointee.place
            }
            slot = (slot &+ 1) & (short.count &- 1)
        }
    }

    private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        let bytes = UnsafeBufferPointer(start: bytes.start, count: bytes.count)
        var slot = Self.hash(text, seed) & (slots.count - 1)
        while slots.start[slot].place >= 0, !Self.isEqual(text, slots.start[slot], bytes) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return Int(slots.start[slot].place)
    }

    /// Whether a text of more than ``ShortText/byteLimit`` bytes is a key; the last eight bytes may be compared twice.
    private static func isEqual(
        _ text: UnsafeBufferPointer<UInt8>, _ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard text.count == Int(entry.count) else { return false }
        let (left, right) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(bytes))
        let start = Int(entry.start)
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

    /// A hash of a text of more than ``ShortText/byteLimit`` bytes, eight at a time; the last ones may be read twice.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var hash = seed ^ UInt64(truncatingIfNeeded: raw.count)
        for offset in stride(from: 0, to: raw.count - 8, by: 8) { hash = KeyHash.mixed(hash ^ word(raw, offset)) }
        return Int(truncatingIfNeeded: KeyHash.mixed(hash ^ word(raw, raw.count - 8)))
    }

    @inline(__always)
    private static func hash(_ text: ShortText, _ seed: UInt64) -> Int {
        Int(truncatingIfNeeded: KeyHash.mixed(KeyHash.mixed(text.first ^ seed) ^ text.second))
    }
}
