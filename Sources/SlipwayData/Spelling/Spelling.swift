/// Finds the name that a person probably meant.
public enum Spelling {
    /// The longest name that is compared, in characters.
    public static let nameLengthMax = 64

    /// The candidate nearest to a name by edit distance, or `nil` when none is within a third of its length.
    ///
    /// - Complexity: O(candidates × length²).
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        guard name.count <= nameLengthMax else { return nil }
        let limit = max(1, name.count / 3)
        let ranked = candidates.lazy.filter { $0.count <= nameLengthMax }
            .map { (candidate: $0, distance: distance(name.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else { return nil }
        return best.candidate
    }

    /// The Levenshtein distance: the fewest insertions, deletions, and substitutions between two texts.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let substitution = previous[column] + (character == other ? 0 : 1)
                current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
