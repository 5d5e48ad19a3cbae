/// Finds the name that a person probably meant.
public enum Spelling {
    /// The longest name that is compared, in characters.
    public static let nameLengthMax = 64
    /// The most candidates that are compared with a name.
    public static let candidateCountMax = 1_000
    /// The shortest beginning that counts as an abbreviation, in characters.
    public static let abbreviationLengthMin = 3

    /// The candidate that a name abbreviates, else the nearest by edit distance; `nil` when none is within a third of
    /// its length.
    ///
    /// - Complexity: O(candidates × length²).
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        guard name.count <= nameLengthMax else { return nil }
        let compared = candidates.prefix(candidateCountMax).filter { $0.count <= nameLengthMax }
        if name.count >= abbreviationLengthMin, let full = compared.first(where: { $0.hasPrefix(name) }) { return full }
        let typed = plain(name)
        let limit = max(1, name.count / 3)
        let ranked = compared.map { (candidate: $0, distance: distance(typed, plain($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit,
            // Of a name with every letter replaced nothing is left to recognise.
            best.distance < name.count
        else { return nil }
        return best.candidate
    }

    /// Case and the kind of hyphen are seldom what was mistyped.
    private static func plain(_ name: String) -> String { name.lowercased().replacing("-", with: "_") }

    /// The optimal string alignment distance: the fewest insertions, deletions, substitutions, and swaps of neighbours
    /// between two texts, none of which touches another (Damerau, A Technique for Computer Detection and Correction of
    /// Spelling Errors, 1964).
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(substitution, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
