/// The scores of one row while trees are walked.
struct TreeScores<Number: FloatScalar> {
    /// The aggregate per target so far; 0 where no leaf spoke of it.
    var values: [Number]
    /// Whether any leaf spoke of a target.
    var isPresent: [Bool]

    init(count: Int) {
        values = [Number](repeating: 0, count: count)
        isPresent = [Bool](repeating: false, count: count)
    }

    /// Forgets everything, for the next row.
    mutating func clear() {
        for index in values.indices {
            values[index] = 0
            isPresent[index] = false
        }
    }

    /// Takes in one weight of a leaf.
    @inline(__always)
    mutating func add(_ value: Number, to target: Int, by aggregate: TreeAggregate) {
        switch aggregate {
        case .sum, .average: values[target] += value
        case .minimum: if !isPresent[target] || value < values[target] { values[target] = value }
        case .maximum: if !isPresent[target] || value > values[target] { values[target] = value }
        }
        isPresent[target] = true
    }
}
