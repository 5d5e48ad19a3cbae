/// Finds the word that a mistyped one was meant to be.
enum Suggestion {
    /// The longest word that is compared, in characters.
    static let lengthMax = 64

    /// The most words that are compared with one.
    static let candidateCountMax = 200
    /// The most words that a message lists.
    static let listedCountMax = 12
    /// The shortest beginning that counts as an abbreviation, in characters.
    static let abbreviationLengthMin = 3

    /// The nearest of some words, if it is near enough to be meant: abbreviated, or one edit in three characters.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        guard word.count <= lengthMax else { return nil }
        let typed = Array(word.lowercased().replacing("-", with: "_"))
        let words = candidates.prefix(candidateCountMax).filter { $0.count <= lengthMax }
        let distances = words.map { candidate in
            (word: candidate, distance: distance(typed, Array(candidate.lowercased())))
        }
        if word.count >= abbreviationLengthMin, let full = distances.first(where: { $0.word.hasPrefix(word) }) {
            return full.word
        }
        guard let best = distances.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else { return nil }
        return best.distance <= max(1, max(word.count, best.word.count) / 3) ? best.word : nil
    }

    /// `; did you mean 'timeout'?`, or what is allowed when no word is near.
    static func ending(for word: String, among candidates: [String]) -> String {
        if let nearest = nearest(to: word, among: candidates) { return "; did you mean '\(nearest)'?" }
        guard !candidates.isEmpty else { return "" }
        let shown = candidates.prefix(listedCountMax).map { Quotation.shortened($0) }
        let rest = candidates.count - shown.count
        return "; expected \(Quotation.alternatives(rest > 0 ? shown + ["\(rest) more"] : shown))"
    }

    /// The fewest insertions, deletions, substitutions, and swaps of neighbours that turn one word into the other.
    ///
    /// This is the optimal string alignment distance of Damerau and Levenshtein.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column + 1], current[column]) + 1
                best = min(best, last[column] + (character == other ? 0 : 1))
                if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
