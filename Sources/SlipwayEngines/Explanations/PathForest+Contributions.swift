extension PathForest {
    /// The memory that the sums of a block of rows may take, so that they stay in the first-level cache.
    private static let sumByteCount = 16 << 10
    /// The most rows of a block.
    private static let blockRowCountMax = 32

    /// Adds the contributions of every feature to the score of a target, row by row.
    ///
    /// One tree serves a block of rows before the next one is looked at, so that its branches and effects are read once
    /// from memory. Nothing is allocated per row.
    ///
    /// - Parameters:
    ///   - rows: Row-major numbers, `width` to a row, in the precision in which the model compares them.
    ///   - contributions: Room for ``featureCount`` numbers per row; they are added to.
    /// - Precondition: `width` is ``columnCount`` or more, and the target exists.
    /// - Complexity: O(rows × leaves × ⌈distinct features of a path / 8⌉).
    func addContributions(
        to target: Int, rows: UnsafePointer<Double>, rowCount: Int, width: Int,
        into contributions: UnsafeMutablePointer<Double>
    ) {
        let scratch = Scratch(for: self, parts: parts[target])
        defer { scratch.deallocate() }
        let blockRowCount = scratch.blockRowCount
        for start in stride(from: 0, to: rowCount, by: blockRowCount) {
            let count = min(blockRowCount, rowCount - start)
            scratch.clearSums(rowCount: count)
            for part in parts[target] { add(part, rows + start * width, count, width, scratch) }
            let results = contributions + start * featureCount
            for index in 0..<count * featureCount { results[index] += scratch.sums[index].sum() }
        }
    }

    /// Adds one tree to the sums of a block of rows.
    private func add(
        _ part: Part, _ rows: UnsafePointer<Double>, _ rowCount: Int, _ width: Int, _ scratch: Scratch
    ) {
        let tree = trees[part.tree]
        let blocks = scratch.blocks[tree.blockCount - 1]
        let firstEffect = tree.firstEffect
        if firstEffect == nil {
            for (index, block) in blocks.enumerated() {
                writeEffects(of: tree, block: block, into: scratch.effects + index * tree.effectCount)
            }
        }
        effects.withUnsafeBufferPointer { resident in
            branches.withUnsafeBufferPointer { branches in
                values.withUnsafeBufferPointer { values in
                    guard let first = branches.baseAddress, let edgeValues = values.baseAddress else { return }
                    let known = firstEffect.flatMap { start in resident.baseAddress.map { $0 + start } }
                    let effects = known ?? UnsafePointer(scratch.effects)
                    let walk = Walk(
                        branches: first + tree.firstBranch, count: tree.branchCount,
                        values: edgeValues + part.firstValue, scratch: scratch)
                    for row in 0..<rowCount {
                        if tree.isPlain {
                            walk.decidePlainly(rows + row * width)
                        } else {
                            walk.decide(rows + row * width, sets: sets)
                        }
                        let sums = scratch.sums + row * featureCount
                        for (index, block) in blocks.enumerated() {
                            walk.integrate(effects + index * tree.effectCount, weights: block.weights, into: sums)
                        }
                    }
                }
            }
        }
    }
}

extension PathForest {
    /// The memory of one call.
    fileprivate struct Scratch {
        /// For each block count the blocks of the rule with that many.
        let blocks: [[Block]]
        let blockRowCount: Int
        private let featureCount: Int
        /// The contributions of the rows of a block, not yet summed over the points.
        let sums: UnsafeMutablePointer<SIMD4<Double>>
        /// For each edge whether the row satisfies all splits of its feature so far.
        let satisfied: UnsafeMutablePointer<Bool>
        /// For each edge the index of its effect.
        let choices: UnsafeMutablePointer<Int32>
        /// For each edge the integrand: the part above it on the way down, the part below it on the way up.
        let integrands: UnsafeMutablePointer<SIMD4<Double>>
        /// The effects of a tree that has none resident.
        let effects: UnsafeMutablePointer<Effect>

        init(for forest: PathForest, parts: [Part]) {
            var (edgeCount, effectCount, blockCount) = (1, 1, 1)
            for part in parts {
                let tree = forest.trees[part.tree]
                edgeCount = max(edgeCount, tree.edgeCount)
                blockCount = max(blockCount, tree.blockCount)
                if tree.firstEffect == nil { effectCount = max(effectCount, tree.effectCount * tree.blockCount) }
            }
            blocks = (1...blockCount).map { Block.all(of: GaussLegendreRule(count: 4 * $0)) }
            featureCount = forest.featureCount
            let rowByteCount = max(1, featureCount) * MemoryLayout<SIMD4<Double>>.stride
            blockRowCount = min(max(1, PathForest.sumByteCount / rowByteCount), PathForest.blockRowCountMax)
            sums = .allocate(capacity: max(1, blockRowCount * featureCount))
            satisfied = .allocate(capacity: edgeCount)
            choices = .allocate(capacity: edgeCount)
            integrands = .allocate(capacity: edgeCount)
            effects = .allocate(capacity: effectCount)
        }

        func clearSums(rowCount: Int) { sums.update(repeating: .zero, count: rowCount * featureCount) }

        func deallocate() {
            sums.deallocate()
            satisfied.deallocate()
            choices.deallocate()
            integrands.deallocate()
            effects.deallocate()
        }
    }

    /// One tree, one row at a time.
    fileprivate struct Walk {
        let branches: UnsafePointer<Branch>
        let count: Int
        let values: UnsafePointer<Double>
        let satisfied: UnsafeMutablePointer<Bool>
        let choices: UnsafeMutablePointer<Int32>
        let integrands: UnsafeMutablePointer<SIMD4<Double>>

        init(
            branches: UnsafePointer<Branch>, count: Int, values: UnsafePointer<Double>, scratch: Scratch
        ) {
            self.branches = branches
            self.count = count
            self.values = values
            satisfied = scratch.satisfied
            choices = scratch.choices
            integrands = scratch.integrands
            satisfied[0] = true
        }

        /// Picks the effect of every edge of a tree that compares by `<=` alone.
        @inline(__always)
        func decidePlainly(_ row: UnsafePointer<Double>) {
            for index in 0..<count {
                let branch = branches + index
                let value = row[Int(branch.pointee.column)]
                let holds = value <= branch.pointee.threshold
                pick(index, holds || (branch.pointee.sendsMissingToTrue && value.isNaN))
            }
        }

        /// Picks the effect of every edge.
        func decide(_ row: UnsafePointer<Double>, sets: [[Double]]) {
            for index in 0..<count {
                let branch = branches[index]
                let value = row[Int(branch.column)]
                let holds =
                    switch branch.test {
                    case .lessOrEqual: value <= branch.threshold
                    case .equal: value == branch.threshold
                    case .member: sets[Int(branch.members)].containsSorted(value)
                    }
                pick(index, holds || (branch.sendsMissingToTrue && value.isNaN))
            }
        }

        @inline(__always)
        private func pick(_ index: Int, _ goesToTrue: Bool) {
            let branch = branches + index
            let isSatisfied = satisfied[Int(branch.pointee.previous)]
            let edge = 2 &* index &+ 1
            let whenLeft = isSatisfied ? branch.pointee.leaving : 0
            let takesTrue = isSatisfied && goesToTrue
            let takesFalse = isSatisfied && !goesToTrue
            satisfied[edge] = takesTrue
            satisfied[edge &+ 1] = takesFalse
            let taken = Int32(truncatingIfNeeded: edge &+ PathForest.fixedEffectCount &- 1)
            choices[edge] = takesTrue ? taken : whenLeft
            choices[edge &+ 1] = takesFalse ? taken &+ 1 : whenLeft
        }

        /// Multiplies the integrand down the tree, and shares it out on the way up.
        @inline(__always)
        func integrate(
            _ effects: UnsafePointer<Effect>, weights: SIMD4<Double>, into sums: UnsafeMutablePointer<SIMD4<Double>>
        ) {
            integrands[0] = weights
            for index in 0..<count {
                let above = integrands[Int(branches[index].edge)]
                let edge = 2 &* index &+ 1
                integrands[edge] = above * effects[Int(choices[edge])].factor * values[edge]
                integrands[edge &+ 1] = above * effects[Int(choices[edge &+ 1])].factor * values[edge &+ 1]
            }
            var index = count
            while index > 0 {
                index &-= 1
                let edge = 2 &* index &+ 1
                let (whenTrue, whenFalse) = (integrands[edge], integrands[edge &+ 1])
                sums[Int(branches[index].feature)] +=
                    whenTrue * effects[Int(choices[edge])].share
                    + whenFalse * effects[Int(choices[edge &+ 1])].share
                integrands[Int(branches[index].edge)] = whenTrue + whenFalse
            }
        }
    }
}

extension [Double] {
    /// Whether a sorted array holds a value.
    fileprivate func containsSorted(_ value: Double) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == value
    }
}
