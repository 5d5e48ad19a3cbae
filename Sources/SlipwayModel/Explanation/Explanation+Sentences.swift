import Foundation
import SlipwayData

extension Explanation {
    /// What one field does to the score, in plain words: `tenure = 2 months raises the log-odds of 'Yes' by 0.41`.
    ///
    /// - Parameter signature: Where the meanings and units of the fields stand.
    public func sentence(for contribution: Contribution, in signature: Signature) -> String {
        let field = signature.input(named: contribution.field)
        let name = contribution.field + (field?.meaning.map { " (\($0))" } ?? "")
        let state: String
        if contribution.value.isMissing {
            state = "\(name), which is missing,"
        } else {
            state = "\(name) = \(contribution.value.text)" + (field?.unit.map { " \($0)" } ?? "")
        }
        let object = "the \(space.words)" + (explainedClass.map { " of '\($0)'" } ?? "")
        guard contribution.amount != 0 else { return "\(state) leaves \(object) as it is" }
        let verb = contribution.amount < 0 ? "lowers" : "raises"
        let error = contribution.error.map { " ± \(Self.figure($0))" } ?? ""
        return "\(state) \(verb) \(object) by \(Self.figure(contribution.amount.magnitude))\(error)"
    }

    /// What the reasons add up to, in plain words.
    ///
    /// `The log-odds of 'Yes' are 1.2: -0.3 as expected, 1.4 by these fields, 0.1 by the others.`
    public func summary(strongest count: Int) -> String {
        let shown = strongest(count).reduce(0) { $0 + $1.amount }
        let all = contributions.reduce(0) { $0 + $1.amount }
        let name = space.words + (explainedClass.map { " of '\($0)'" } ?? "")
        let others = count < contributions.count ? ", \(Self.figure(all - shown)) by the others" : ""
        let verb = space == .logOdds ? "are" : "is"
        return "The \(name) \(verb) \(Self.figure(score)): \(Self.figure(base)) as expected, "
            + "\(Self.figure(shown)) by these fields\(others)."
    }

    /// Why contributions are estimated, in plain words; `nil` where they are exact.
    ///
    /// `Estimated from a sample: the score comes out of 'Sum', and not out of one tree ensemble or linear model.`
    public var caution: String? { why.map { "Estimated from a sample: \($0)." } }

    /// A number with the three figures that matter.
    static func figure(_ number: Double) -> String {
        guard number != 0, number.isFinite else { return Value.number(number).text }
        let exponent = Int(log10(number.magnitude).rounded(.down))
        guard (-5...14).contains(exponent) else { return String(format: "%.2e", number) }
        let text = String(format: "%.\(max(0, 2 - exponent))f", number)
        guard text.contains(".") else { return text }
        let shortened = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(shortened.reversed())
    }
}
