/// Tells texts that look personal by their form.
enum PersonalText {
    /// The longest text that is looked at as a whole, in bytes; every form here is shorter.
    static let byteCountMax = 256

    /// Whether a text is a mail address: a local part, `@`, and a domain with a dot.
    static func isEmail(_ text: Substring) -> Bool {
        let parts = text.split(separator: "@", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), !parts[0].contains(where: \.isWhitespace) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && (labels.last?.count ?? 0) > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }

    /// Whether a text is a telephone number as people write one: with `+` or `00` before it, or in groups.
    static func isPhone(_ text: Substring) -> Bool {
        let digits = text.filter(\.isASCIIDigit)
        guard (7...15).contains(digits.count), text.allSatisfy({ $0.isASCIIDigit || "+ -()/.".contains($0) }) else {
            return false
        }
        if text.hasPrefix("+") { return !text.dropFirst().contains("+") }
        let groups = text.split { !$0.isASCIIDigit }
        guard !text.contains("+"), groups.count > 1, !isDateOrNumber(text, groups) else { return false }
        return text.hasPrefix("0") || text.hasPrefix("(0") || groups.map(\.count) == [3, 3, 4]
    }

    /// Whether a text has the 13 to 19 digits of a card, of which the last is right (ISO/IEC 7812-1, annex B).
    static func isPaymentCard(_ text: Substring) -> Bool {
        guard text.allSatisfy({ $0.isASCIIDigit || $0 == " " || $0 == "-" }) else { return false }
        let digits = text.compactMap(\.wholeNumberValue)
        guard (13...19).contains(digits.count), Set(digits).count > 1, digits[0] != 0 else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, place in
            guard place.offset % 2 == 1 else { return sum + place.element }
            let double = 2 * place.element
            return sum + (double > 9 ? double - 9 : double)
        }
        return sum % 10 == 0
    }

    /// Whether a text is an international bank account number, of which the check digits are right (ISO 13616).
    static func isIBAN(_ text: Substring) -> Bool {
        let bytes = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard (15...34).contains(bytes.count), bytes.prefix(2).allSatisfy(isUpperLetter),
            bytes.dropFirst(2).prefix(2).allSatisfy(isDigit),
            bytes.allSatisfy({ isUpperLetter($0) || isDigit($0) })
        else { return false }
        let rest = (bytes[4...] + bytes[..<4]).reduce(0) { rest, byte in
            isDigit(byte) ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
        }
        return rest == 1
    }

    /// Whether a text is an address of the Internet Protocol, of either version.
    static func isIPAddress(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4 { return parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) && UInt8($0) != nil } }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        // Three groups would be a time of day.
        guard (4...8).contains(groups.count), text.contains("::") || groups.count == 8 else { return false }
        return groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }

    private static func isDateOrNumber(_ text: Substring, _ groups: [Substring]) -> Bool {
        if groups.count == 2, text.contains("."), !text.contains(where: { " -()/".contains($0) }) { return true }
        let lengths = groups.map(\.count).sorted()
        // Days, months, and years; a time of day would hold a colon.
        return groups.count == 3 && lengths[0] <= 2 && lengths[1] <= 2 && [2, 4].contains(lengths[2])
    }

    private static func isUpperLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
