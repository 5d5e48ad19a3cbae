extension PathForest {
    /// The points of the rule that a tree needs, four at a time.
    struct Block: Sendable {
        /// The points.
        var points: SIMD4<Double>
        /// Their weights.
        var weights: SIMD4<Double>

        /// The blocks of a rule whose number of points is a multiple of four.
        static func all(of rule: GaussLegendreRule) -> [Block] {
            stride(from: 0, to: rule.points.count, by: 4).map { start in
                Block(
                    points: SIMD4(rule.points[start..<start + 4]), weights: SIMD4(rule.weights[start..<start + 4]))
            }
        }
    }

    /// Writes the effects of a tree for one block of points.
    ///
    /// With w the fraction of the feature and o whether the row satisfies its splits, its factor in the integrand,
    /// divided by w, is `(1−x) + o·x/w`, and its share is `(o−w) / (w(1−x) + o·x)`. An edge replaces the factor and the
    /// share that the edge before it on the same feature has set; above the first one both are those of w = o = 1.
    ///
    /// - Parameter effects: Room for ``Tree/effectCount`` effects.
    func writeEffects(of tree: Tree, block: Block, into effects: UnsafeMutablePointer<Effect>) {
        let rest = 1 - block.points
        effects[0] = Effect(factor: .init(repeating: 1), share: .zero)
        effects[1] = Effect(factor: rest, share: -1 / rest)
        branches.withUnsafeBufferPointer { branches in
            fractions.withUnsafeBufferPointer { fractions in
                for index in 0..<tree.branchCount {
                    let branch = branches[tree.firstBranch &+ index]
                    let before = fractions[tree.firstEdge &+ Int(branch.previous)]
                    let oldFactor = rest + block.points / before
                    let oldShare = (1 - before) / (before * oldFactor)
                    for edge in (2 * index + 1)...(2 * index + 2) {
                        let fraction = fractions[tree.firstEdge &+ edge]
                        let factor = rest + block.points / fraction
                        effects[Self.fixedEffectCount - 1 + edge] = Effect(
                            factor: factor / oldFactor, share: (1 - fraction) / (fraction * factor) - oldShare)
                    }
                    if branch.leaving >= Self.fixedEffectCount {
                        effects[Int(branch.leaving)] = Effect(factor: rest / oldFactor, share: -1 / rest - oldShare)
                    }
                }
            }
        }
    }
}
