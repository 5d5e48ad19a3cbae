/// The spellings of a missing value, laid out for a test on every cell.
struct CSVMissingSpellings {
    private let spellings: [[UInt8]]
    /// A bit for each byte that a spelling begins with, because most cells are ruled out by their first byte.
    private var firstBytes = SIMD4<UInt64>()

    init(_ format: CSVFormat) {
        spellings = format.missingSpellings.map { Array($0.utf8) }
        for byte in spellings.compactMap(\.first) { firstBytes[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    /// Whether a text without blanks around it is one of the spellings.
    func contains(_ text: NumberText) -> Bool {
        guard let first = text.first, firstBytes[Int(first >> 6)] >> UInt64(first & 63) & 1 == 1 else { return false }
        return isSpelling(text)
    }

    // Apart from the test of the first byte, which then needs no reference count.
    @inline(never)
    private func isSpelling(_ text: NumberText) -> Bool { spellings.contains { text.equals($0) } }
}
