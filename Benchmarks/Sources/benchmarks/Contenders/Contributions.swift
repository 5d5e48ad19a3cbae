/// The contributions to the scores of all classes, of which the class with the best score is compared.
enum Contributions {
    /// Picks, for each row, the contributions and the expected score of the class with the best score.
    ///
    /// - Parameters:
    ///   - all: Row after row, class after class: a contribution per field, then the expected score.
    ///   - rowCount: The rows.
    ///   - length: The fields and the expected score.
    static func best(of all: [Double], rowCount: Int, length: Int) -> [Double] {
        guard rowCount > 0, length > 0 else { return [] }
        let classCount = all.count / rowCount / length
        return (0..<rowCount).flatMap { row in
            let classes = (0..<classCount).map {
                all[(row * classCount + $0) * length..<(row * classCount + $0 + 1) * length]
            }
            let scores = classes.map { $0.reduce(0, +) }
            let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
            return Array(classes[best])
        }
    }
}
