/// A column that looks personal, why, and what could be done about it.
///
/// What it holds is not shown.
public struct PersonalColumn: Equatable, Sendable {
    /// Why a column looks personal.
    public enum Evidence: Equatable, Sendable {
        /// Its name.
        case name
        /// A share of its values that are not missing, from 0 to 1.
        case values(share: Double)
    }

    /// The fewest different values of a column whose name alone tells: a flag called `phone_service` is none.
    static let distinctCountMin = 4

    /// The name of the column.
    public var name: String
    /// What it looks like.
    public var kind: PersonalDataKind
    /// Why.
    public var evidence: Evidence
    /// The policy that fits.
    public var proposal: PrivacyPolicy

    /// The columns of a table that look personal, in their order.
    ///
    /// - Complexity: O(cells).
    public static func scan(_ table: Table) -> [PersonalColumn] {
        table.columns.compactMap { column in
            let texts = (0..<column.count).compactMap { column[$0].isMissing ? nil : column[$0].text }
            guard let (kind, evidence) = finding(in: column, texts) else { return nil }
            return PersonalColumn(
                name: column.name, kind: kind, evidence: evidence, proposal: proposal(for: kind, column, texts))
        }
    }

    private static func finding(in column: Column, _ texts: [String]) -> (PersonalDataKind, Evidence)? {
        if column.type != .boolean, column.type != .number, let found = kindByValues(texts) {
            return (found.kind, .values(share: found.share))
        }
        guard let kind = PersonalName.kind(of: column.name), column.type != .boolean else { return nil }
        // A name over an empty column still tells what is going to stand there.
        let isCategory = !texts.isEmpty && Set(texts).count < min(distinctCountMin, texts.count)
        return isCategory ? nil : (kind, .name)
    }

    private static func kindByValues(_ texts: [String]) -> (kind: PersonalDataKind, share: Double)? {
        guard !texts.isEmpty else { return nil }
        for kind in PersonalDataKind.allCases where kind.shareMin < 1 {
            let share = Double(texts.count { holds($0, kind) }) / Double(texts.count)
            if share >= kind.shareMin { return (kind, share) }
        }
        return nil
    }

    /// Whether a text, or one of its words, looks like a kind.
    private static func holds(_ text: String, _ kind: PersonalDataKind) -> Bool {
        let start = text.utf8.count > PersonalText.byteCountMax ? text.prefix(PersonalText.byteCountMax) : text[...]
        if kind.recognises(start) { return true }
        return kind == .email
            && start.split { $0.isWhitespace || "<>()[],;:\"'".contains($0) }.contains(where: kind.recognises)
    }

    /// The policy of a kind, or that of leaving the column out where its values do not fit.
    private static func proposal(for kind: PersonalDataKind, _ column: Column, _ texts: [String]) -> PrivacyPolicy {
        guard case .generalise(let rule) = kind.proposal else { return kind.proposal }
        let fits =
            rule.fits(column.type)
            && (0..<column.count).allSatisfy { row in
                column[row].isMissing || rule.apply(to: column[row]) != nil
            }
        return fits ? kind.proposal : .drop
    }
}
