/// What becomes of a personal field before it is stored, logged, or shown.
public enum PrivacyPolicy: Hashable, Sendable {
    /// The field is left out.
    case drop
    /// The field becomes a keyed SHA-256 in hexadecimal: equal values stay equal, so joins still work.
    case hash
    /// The last two characters stay, the others become `*`; a text of up to four is covered whole.
    case mask
    /// The field is made coarser.
    case generalise(Generalisation)

    /// The characters at the end that a mask leaves.
    static let visibleCount = 2
    /// The longest text that is covered whole, in characters, so that a mask never shows half of it or more.
    static let coveredCountMax = 4

    /// The text with all but its end covered.
    static func masked(_ text: String) -> String {
        let visible = text.count > coveredCountMax ? visibleCount : 0
        return String(repeating: "*", count: text.count - visible) + text.suffix(visible)
    }
}
