/// The probabilities of classes from those of every pair of them, by the second method of Wu, Lin and Weng (2004).
enum PairwiseProbabilities {
    private static let sweeps = 100

    /// The numbers of scratch memory that ``couple(_:classes:scratch:into:)`` needs.
    static func scratchCount(classes: Int) -> Int { classes * classes + classes }

    /// Couples the pairs; where one is NaN, all classes are equally probable.
    ///
    /// - Parameters:
    ///   - pairs: At `i * classes + j` the probability of class i where the row is of class i or j.
    ///   - result: One probability per class.
    /// - Complexity: O(classes²) per sweep, of which there are at most 100.
    static func couple(
        _ pairs: UnsafePointer<Float>, classes: Int, scratch: UnsafeMutablePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        let quadratic = scratch
        let products = scratch + classes * classes
        fill(quadratic, from: pairs, classes: classes)
        for row in 0..<classes { result[row] = 1 / Float(classes) }
        let tolerance = 0.005 / Float(classes)
        for _ in 0..<sweeps {
            var total: Float = 0
            for row in 0..<classes {
                var product: Float = 0
                for column in 0..<classes { product += quadratic[row * classes + column] * result[column] }
                products[row] = product
                total += product * result[row]
            }
            // Asked this way round, NaN ends the sweeps as well.
            var isDone = true
            for row in 0..<classes where abs(products[row] - total) >= tolerance { isDone = false }
            if isDone { return }
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
    }

    /// Writes the matrix of the quadratic form whose minimum is sought.
    private static func fill(_ quadratic: UnsafeMutablePointer<Float>, from pairs: UnsafePointer<Float>, classes: Int) {
        for row in 0..<classes {
            var sum: Float = 0
            for column in 0..<classes where column != row {
                let other = pairs[column * classes + row]
                sum += other * other
                quadratic[row * classes + column] = -other * pairs[row * classes + column]
            }
            quadratic[row * classes + row] = sum
        }
    }
}
