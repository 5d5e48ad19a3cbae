/// The scores of some rows while trees are walked, in memory that a caller lends.
struct TreeScores<Number: TreeScalar> {
    /// The aggregates so far, row by row, one per target; 0 where no leaf spoke of a target.
    let values: UnsafeMutablePointer<Number>
    /// Whether any leaf spoke of a target.
    let isPresent: UnsafeMutablePointer<Bool>
    /// How far the presence of one row lies from that of the next: the number of targets, or 0 when rows share it.
    let presenceStep: Int

    /// The scores from a later row on.
    func advanced(by rows: Int, targetCount: Int) -> TreeScores {
        TreeScores(
            values: values + rows &* targetCount, isPresent: isPresent + rows &* presenceStep,
            presenceStep: presenceStep)
    }

    /// Takes in one weight of a leaf for the first row.
    @inline(__always)
    func add(_ value: Number, to target: Int, by aggregate: TreeAggregate) {
        switch aggregate {
        case .sum, .average: values[target] += value
        case .minimum: if !isPresent[target] || value < values[target] { values[target] = value }
        case .maximum: if !isPresent[target] || value > values[target] { values[target] = value }
        }
        isPresent[target] = true
    }
}
