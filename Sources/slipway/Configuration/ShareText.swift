/// A share, written in percent: `1%`, `0.5%`.
enum ShareText {
    /// How one is written.
    static let rule = "a share is written in percent, from 0% to 100%, such as 1%"

    /// The share as a number from 0 to 1; `nil` for another text.
    static func parse(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number) else { return nil }
        return number / 100
    }
}
