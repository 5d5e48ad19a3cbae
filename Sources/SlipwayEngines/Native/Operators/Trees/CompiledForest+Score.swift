extension CompiledForest {
    /// The rows that are answered at a time: enough to use each tree well once it is in the cache.
    private static var blockRows: Int { ColumnRanks<Stored>.blockRows }

    /// Sends rows through all trees, block by block.
    func score<Number: TreeScalar>(
        _ rows: TreeRows<Number>, _ base: [Number], _ finisher: inout some TreeFinisher
    ) {
        let block = min(rows.count, Self.blockRows)
        let presenceStep = leaves.presenceStep
        withUnsafeTemporaryAllocation(of: Number.self, capacity: block * leaves.targetCount) { values in
            withUnsafeTemporaryAllocation(of: Bool.self, capacity: max(block * presenceStep, leaves.targetCount)) {
                guard let values = values.baseAddress, let isPresent = $0.baseAddress else { return }
                let scores = TreeScores(values: values, isPresent: isPresent, presenceStep: presenceStep)
                for first in stride(from: 0, to: rows.count, by: Self.blockRows) {
                    let slice = rows.slice(from: first, count: min(Self.blockRows, rows.count - first))
                    leaves.begin(scores, rowCount: slice.count)
                    add(slice, to: scores)
                    finisher.finish(scores, rowCount: slice.count, base: base)
                }
            }
        }
    }

    /// Adds what one block of rows reaches.
    private func add<Number: TreeScalar>(_ rows: TreeRows<Number>, to scores: TreeScores<Number>) {
        let same = rows as? TreeRows<Stored>
        if let same, columns.areFeatures { return add(split: same, to: scores) }
        let masked = maskedRows(of: rows.count)
        if let same, let masks, masked > 0, masks.ranks.columnCount <= columns.featureCount {
            // Masks can do without the columns, and most blocks leave nothing for walks.
            add(same.slice(from: 0, count: masked), by: masks, to: scores)
            guard masked < rows.count else { return }
            let rest = rows.slice(from: masked, count: rows.count - masked)
            return fill(rest, scores.advanced(by: masked, targetCount: leaves.targetCount))
        }
        fill(rows, scores)
    }

    private func fill<Number: TreeScalar>(_ rows: TreeRows<Number>, _ scores: TreeScores<Number>) {
        withUnsafeTemporaryAllocation(of: Stored.self, capacity: max(rows.count * columns.count, 1)) { filled in
            guard let start = filled.baseAddress else { return }
            columns.fill(start, from: rows.start, width: rows.width, rowCount: rows.count)
            add(split: TreeRows(start: start, width: columns.count, count: rows.count), to: scores)
        }
    }

    private func add<Number: TreeScalar>(split rows: TreeRows<Stored>, to scores: TreeScores<Number>) {
        var walked = rows
        var done = 0
        if let masks {
            done = maskedRows(of: rows.count)
            if done > 0 { add(rows.slice(from: 0, count: done), by: masks, to: scores) }
            walked = rows.slice(from: done, count: rows.count - done)
        }
        guard walked.count > 0 else { return }
        let rest = scores.advanced(by: done, targetCount: leaves.targetCount)
        if walked.count < Self.fewRows {
            addRowByRow(walked, to: rest)
        } else {
            addTreeByTree(walked, to: rest)
        }
    }

    /// Fewer rows than this are walked one by one, several trees in step.
    private static var fewRows: Int { 8 }

    private func addRowByRow<Number: TreeScalar>(_ rows: TreeRows<Stored>, to scores: TreeScores<Number>) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: walk.treeCount) { found in
            guard let found = found.baseAddress else { return }
            for row in 0..<rows.count {
                walk.find(found, row: rows.start + row &* rows.width)
                leaves.add(found, treeCount: walk.treeCount, to: scores, row: row)
            }
        }
    }

    private func addTreeByTree<Number: TreeScalar>(_ rows: TreeRows<Stored>, to scores: TreeScores<Number>) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { found in
            guard let found = found.baseAddress else { return }
            for tree in 0..<walk.treeCount {
                walk.find(found, tree: tree, rows)
                leaves.add(found, tree: tree, to: scores, rowCount: rows.count)
            }
        }
    }

    private func add<Number: TreeScalar>(
        _ rows: TreeRows<Stored>, by masks: TreeMasks<Stored>, to scores: TreeScores<Number>
    ) {
        let group = TreeMasks<Stored>.groupRows
        let byteCount = max(masks.ranks.byteCount, 1) * Self.blockRows
        withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { bytes in
            withUnsafeTemporaryAllocation(of: SIMD16<UInt8>.self, capacity: 32) { planes in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.blockRows) { found in
                    guard let memory = bytes.baseAddress, let planes = planes.baseAddress,
                        let found = found.baseAddress
                    else { return }
                    let bytes = memory.assumingMemoryBound(to: UInt8.self)
                    masks.ranks.fill(bytes, rows)
                    for tree in 0..<masks.treeCount {
                        var row = 0
                        while row < rows.count {
                            masks.find(found + row, tree: tree, bytes: bytes + row, planes: planes)
                            row &+= group
                        }
                        leaves.add(found, tree: tree, to: scores, rowCount: rows.count)
                    }
                }
            }
        }
    }
}

extension DecisionForest {
    /// Walks all trees for each row in the plainest way.
    func score<Number: TreeScalar>(
        _ rows: TreeRows<Number>, _ base: [Number], _ finisher: inout some TreeFinisher
    ) {
        withUnsafeTemporaryAllocation(of: Number.self, capacity: targetCount) { values in
            withUnsafeTemporaryAllocation(of: Bool.self, capacity: targetCount) { isPresent in
                guard let start = values.baseAddress, let presence = isPresent.baseAddress else { return }
                let scores = TreeScores(values: start, isPresent: presence, presenceStep: targetCount)
                for row in 0..<rows.count {
                    values.initialize(repeating: 0)
                    isPresent.initialize(repeating: false)
                    for root in roots {
                        for index in leaf(from: root, row: rows.start + row * rows.width).weights {
                            let weight = weights[Int(index)]
                            scores.add(Number(weight.value), to: Int(weight.target), by: aggregate)
                        }
                    }
                    finisher.finish(scores, rowCount: 1, base: base)
                }
            }
        }
    }
}
