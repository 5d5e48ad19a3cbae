@testable import SlipwayEngines

/// Explanations by their definition, so that the fast way has something to meet.
extension DecisionForest {
    /// The score of a target when only some columns of a row are known, by the definition of the path-dependent game.
    func expectedScore(of target: Int, row: [Double], known: Set<Int>) -> Double {
        let sum = roots.reduce(0) { $0 + expected(Int($1), target, row, known) }
        return aggregate == .average ? sum / Double(roots.count) : sum
    }

    private func expected(_ index: Int, _ target: Int, _ row: [Double], _ known: Set<Int>) -> Double {
        let node = nodes[index]
        guard node.comparison != nil else {
            return weights[node.weights].filter { $0.target == target }.reduce(0) { $0 + $1.value }
        }
        let (first, second) = (Int(node.whenTrue), Int(node.whenFalse))
        guard known.contains(Int(node.feature)) else {
            let sum = nodes[first].cover + nodes[second].cover
            let share = sum > 0 ? nodes[first].cover / sum : 0.5
            return share * expected(first, target, row, known)
                + (1 - share) * expected(second, target, row, known)
        }
        let takesTrue = node.takesTrueBranch(row[Int(node.feature)], memberValues)
        return expected(takesTrue ? first : second, target, row, known)
    }

    /// The Shapley values of all features, by the sum over all subsets.
    ///
    /// - Parameter features: The feature of each column; without it each column is one.
    /// - Complexity: O(2^features · nodes).
    func shapleyValues(
        of target: Int, row: [Double], features: [Int]? = nil, featureCount: Int
    ) -> [Double] {
        let worths = (0..<1 << featureCount).map { subset in
            let known = (0..<row.count).filter { subset >> (features?[$0] ?? $0) & 1 == 1 }
            return expectedScore(of: target, row: row, known: Set(known))
        }
        var factorials = [1.0]
        for number in 1...max(1, featureCount) { factorials.append(factorials[number - 1] * Double(number)) }
        return (0..<featureCount).map { feature in
            (0..<1 << featureCount).filter { $0 >> feature & 1 == 0 }.reduce(0) { sum, subset in
                let size = subset.nonzeroBitCount
                let weight = factorials[size] * factorials[featureCount - size - 1] / factorials[featureCount]
                return sum + weight * (worths[subset | 1 << feature] - worths[subset])
            }
        }
    }
}
