import SlipwayData

/// How a message ends that refuses a word: with the word that was meant, or with those that are allowed.
enum Suggestion {
    /// The most words that a message lists.
    static let listedCountMax = 12

    /// `; did you mean 'timeout'?`, or what is allowed when no word is near.
    static func ending(for word: String, among candidates: [String]) -> String {
        if let nearest = Spelling.nearest(to: word, among: candidates) { return "; did you mean '\(nearest)'?" }
        guard !candidates.isEmpty else { return "" }
        let shown = candidates.prefix(listedCountMax).map { Quotation.shortened($0) }
        let rest = candidates.count - shown.count
        return "; expected \(Quotation.alternatives(rest > 0 ? shown + ["\(rest) more"] : shown))"
    }
}
