/// The marks within numbers, such as the comma and the dot of `1.234,5`.
public struct NumberMarks: Equatable, Sendable {
    /// The mark before the fraction.
    public var decimal: Character
    /// The mark between groups of three digits; `nil` for none.
    public var thousands: Character?

    /// Makes marks.
    public init(decimal: Character = ".", thousands: Character? = nil) {
        self.decimal = decimal
        self.thousands = thousands
    }

    /// The number as programs write it; `nil` where the marks stand where they should not.
    ///
    /// What is no number for another reason comes back as it is.
    func plain(_ text: some StringProtocol) -> String? {
        let isExponent: (Character) -> Bool = { $0 == "e" || $0 == "E" }
        let exponent = text.firstIndex(where: isExponent) ?? text.endIndex
        let parts = text[..<exponent].split(separator: decimal, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ ungrouped($0) }) else { return nil }
        let fraction = parts.count > 1 ? parts[1] : ""
        // What remains of the foreign marks would be taken for others.
        guard !fraction.contains(where: { $0 == thousands || $0 == decimal || $0 == "." }), !whole.contains(".") else {
            return nil
        }
        return whole + (parts.count > 1 ? "." + fraction : "") + text[exponent...]
    }

    /// The digits before the fraction without marks; `nil` where these do not stand before groups of three.
    private func ungrouped(_ whole: some StringProtocol) -> String? {
        guard let thousands, whole.contains(thousands) else { return String(whole) }
        let groups = whole.split(separator: thousands, omittingEmptySubsequences: false)
        let first = groups[0].drop { $0 == "-" || $0 == "+" }
        let isGrouped = (1...3).contains(first.count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        return isGrouped && groups.allSatisfy { !$0.isEmpty } ? groups.joined() : nil
    }
}
