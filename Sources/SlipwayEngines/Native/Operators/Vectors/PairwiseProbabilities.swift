/// The probabilities of classes from those of every pair of them, by the second method of Wu, Lin and Weng (2004).
enum PairwiseProbabilities {
    private static let sweeps = 100

    /// Couples the pairs; where one is NaN, all classes are equally probable.
    ///
    /// - Parameter pairs: At `i * classes + j` the probability of class i where the row is of class i or j.
    /// - Complexity: O(classes²) per sweep, of which there are at most 100.
    static func coupled(_ pairs: [Float], classes: Int) -> [Float] {
        var quadratic = [Float](repeating: 0, count: classes * classes)
        for row in 0..<classes {
            for column in 0..<classes where column != row {
                let other = pairs[column * classes + row]
                quadratic[row * classes + row] += other * other
                quadratic[row * classes + column] = -other * pairs[row * classes + column]
            }
        }
        var result = [Float](repeating: 1 / Float(classes), count: classes)
        let tolerance = 0.005 / Float(classes)
        for _ in 0..<sweeps {
            var products = (0..<classes).map { row in
                (0..<classes).reduce(Float(0)) { $0 + quadratic[row * classes + $1] * result[$1] }
            }
            var total = zip(result, products).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            // Asked this way round, NaN ends the sweeps as well.
            if !products.contains(where: { abs($0 - total) >= tolerance }) { break }
            for row in 0..<classes {
                let diagonal = quadratic[row * classes + row]
                let step = (total - products[row]) / diagonal
                result[row] += step
                total = (total + step * (step * diagonal + 2 * products[row])) / (1 + step) / (1 + step)
                for column in 0..<classes {
                    products[column] = (products[column] + step * quadratic[row * classes + column]) / (1 + step)
                    result[column] /= 1 + step
                }
            }
        }
        return result
    }
}
