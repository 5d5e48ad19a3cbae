import SlipwayTesting

/// Changes files by chance, in ways that readers of texts and of tagged bytes find hard.
struct FileMutator {
    private var generator: SeededGenerator
    private let isText: Bool

    init(seed: UInt64, isText: Bool) {
        generator = SeededGenerator(seed: seed)
        self.isText = isText
    }

    /// One of the files with one to five changes.
    mutating func mutated(_ files: [[UInt8]]) -> [UInt8] {
        var bytes = files[below(files.count)]
        for _ in 0..<(1 + below(5)) where !bytes.isEmpty {
            if isText, below(3) > 0 { mutateText(&bytes) } else { mutate(&bytes, files) }
        }
        return bytes
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &generator) }

    private mutating func mutate(_ bytes: inout [UInt8], _ files: [[UInt8]]) {
        let place = below(bytes.count)
        let end = min(bytes.count, place + 1 + below(24))
        switch below(9) {
        case 0: bytes[place] = UInt8(below(256))
        case 1: bytes[place] ^= 1 << UInt8(below(8))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count))
        case 4: bytes.removeSubrange(place...)
        case 5:
            bytes.replaceSubrange(
                place..<end, with: [UInt8](repeating: [0, 0x7F, 0x80, 0xFF][below(4)], count: end - place))
        case 6: bytes.insert(contentsOf: Self.largeNumbers[below(Self.largeNumbers.count)], at: place)
        case 7:
            let large = Self.largeNumbers[below(Self.largeNumbers.count)]
            bytes.replaceSubrange(place..<min(bytes.count, place + large.count), with: large)
        default:
            let other = files[below(files.count)]
            guard !other.isEmpty else { return }
            let start = below(other.count)
            bytes.replaceSubrange(place..<end, with: other[start..<min(other.count, start + 1 + below(400))])
        }
    }

    /// Numbers that lengths and counts may be mistaken for: of ONNX's wire format, and of UBJSON.
    private static let largeNumbers: [[UInt8]] = [
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        [0x4C, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x6C, 0x7F, 0xFF, 0xFF, 0xFF], [0x49, 0x7F, 0xFF],
        [0x23, 0x6C, 0x00, 0x10, 0x00, 0x00], [0x5B, 0x24, 0x4E, 0x23, 0x6C, 0x7F, 0xFF, 0xFF, 0xFF],
    ]

    /// Replaces a number or word, or moves, removes or repeats a line.
    private mutating func mutateText(_ bytes: inout [UInt8]) {
        let newline = UInt8(ascii: "\n")
        if below(4) == 0 {
            var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
            let (from, to) = (below(lines.count), below(lines.count))
            switch below(3) {
            case 0: lines.remove(at: from)
            case 1: lines.insert(lines[from], at: to)
            default: lines.swapAt(from, to)
            }
            bytes = Array(lines.joined(separator: [newline]))
            return
        }
        let place = below(bytes.count)
        let isPart: (UInt8) -> Bool = { $0 > 0x20 && !",:[]{}=\"".utf8.contains($0) }
        guard let start = bytes[place...].firstIndex(where: isPart) else { return }
        let end = bytes[start...].firstIndex { !isPart($0) } ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: Self.words[below(Self.words.count)].utf8)
    }

    private static let words = [
        "", "0", "1", "-1", "2", "255", "256", "65536", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9223372036854775807", "9223372036854775808", "1e308", "1e999", "-1e999", "nan", "inf", "NaN", "null", "true",
        "0.5", "1e-320", "[]", "{}", "0x10", "1 2", "1,2", "abc", "10000000", "1000000000",
    ]
}
