extension PostTransform {
    /// Transforms the scores of some rows in place, `count` for each.
    ///
    /// The exponentials of all rows are taken together, so their last bit may differ from that of ``apply(_:count:)``.
    func apply(_ scores: UnsafeMutablePointer<Float>, rows: Int, count: Int) {
        switch self {
        case .none: return
        case .softmax: Self.shares(scores, rows: rows, count: count)
        case .logistic:
            VectorMath.apply(.logistic, to: UnsafeMutableBufferPointer(start: scores, count: rows * count))
        case .softmaxZero, .probit: for row in 0..<rows { apply(scores + row * count, count: count) }
        }
    }

    private static func shares(_ scores: UnsafeMutablePointer<Float>, rows: Int, count: Int) {
        for row in 0..<rows {
            let scores = scores + row * count
            var highest = -Float.greatestFiniteMagnitude
            for index in 0..<count { highest = scores[index] > highest ? scores[index] : highest }
            for index in 0..<count { scores[index] -= highest }
        }
        VectorMath.apply(.exponential, to: UnsafeMutableBufferPointer(start: scores, count: rows * count))
        for row in 0..<rows {
            let scores = scores + row * count
            var total: Float = 0
            for index in 0..<count { total += scores[index] }
            for index in 0..<count { scores[index] /= total }
        }
    }
}
