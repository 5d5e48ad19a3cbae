extension CompiledForest {
    /// The rows that are answered at a time: enough to use each tree well once it is in the cache.
    private static var blockRows: Int { ColumnRanks<Stored>.blockRows }

    /// Sends rows through all trees, block by block.
    ///
    /// - Parameter firstRow: The place of the first of them, as the finisher counts.
    func score<Number: TreeScalar>(
        _ rows: TreeRows<Number>, firstRow: Int = 0, _ base: [Number], _ finisher: some TreeFinisher
    ) {
        let block = min(rows.count, Self.blockRows)
        let presenceStep = leaves.presenceStep
        let valueCount = block * leaves.targetCount
        let presenceCount = max(block * presenceStep, leaves.targetCount)
        withUnsafeTemporaryAllocation(
            byteCount: valueCount * MemoryLayout<Number>.stride + presenceCount, alignment: 16
        ) { memory in
            guard let start = memory.baseAddress else { return }
            let values = start.bindMemory(to: Number.self, capacity: valueCount)
            let isPresent = (start + valueCount * MemoryLayout<Number>.stride).bindMemory(
                to: Bool.self, capacity: presenceCount)
            let scores = TreeScores(values: values, isPresent: isPresent, presenceStep: presenceStep)
            var first = 0
            while first < rows.count {
                let slice = rows.slice(from: first, count: min(Self.blockRows, rows.count &- first))
                leaves.begin(scores, rowCount: slice.count)
                add(slice, to: scores)
                finisher.finish(scores, firstRow: firstRow &+ first, rowCount: slice.count, base: base)
                first &+= Self.blockRows
            }
        }
    }

    /// Adds what one block of rows reaches.
    private func add<Number: TreeScalar>(_ rows: TreeRows<Number>, to scores: TreeScores<Number>) {
        guard Number.self == Stored.self else { return fill(rows, scores) }
        let same = TreeRows<Stored>(
            start: UnsafeRawPointer(rows.start).assumingMemoryBound(to: Stored.self), width: rows.width,
            count: rows.count)
        if readsFeatures { return add(split: same, to: scores) }
        let masked = maskedRows(of: rows.count)
        if let masks, masked > 0, masks.ranks.columnCount <= columns.featureCount {
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
        if let walk {
            if walked.count < Self.fewRows {
                addRowByRow(walked, by: walk, to: rest)
            } else {
                addTreeByTree(walked, by: walk, to: rest)
            }
        } else if let masks, let row = masks.row {
            add(walked, by: row, masks.ranks, to: rest)
        }
    }

    /// Fewer rows than this are walked one by one, several trees in step.
    private static var fewRows: Int { 8 }

    private func addRowByRow<Number: TreeScalar>(
        _ rows: TreeRows<Stored>, by walk: TreeWalk<Stored>, to scores: TreeScores<Number>
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: walk.treeCount) { found in
            guard let found = found.baseAddress else { return }
            for row in 0..<rows.count {
                walk.find(found, row: rows.start + row &* rows.width)
                leaves.add(found, treeCount: walk.treeCount, to: scores, row: row)
            }
        }
    }

    private func add<Number: TreeScalar>(
        _ rows: TreeRows<Stored>, by masks: RowMasks, _ ranks: ColumnRanks<Stored>, to scores: TreeScores<Number>
    ) {
        withUnsafeTemporaryAllocation(byteCount: masks.scratchByteCount, alignment: 16) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for row in 0..<rows.count {
                let found = masks.find(row: rows.start + row &* rows.width, ranks: ranks, scratch: scratch)
                leaves.add(found, treeCount: masks.treeCount, to: scores, row: row)
            }
        }
    }

    private func addTreeByTree<Number: TreeScalar>(
        _ rows: TreeRows<Stored>, by walk: TreeWalk<Stored>, to scores: TreeScores<Number>
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { found in
            guard let found = found.baseAddress else { return }
            for tree in 0..<walk.treeCount {
                walk.find(found, tree: tree, rows)
                leaves.add(found, tree: tree, to: scores, rowCount: rows.count)
            }
        }
    }

    private func add<Number: TreeScalar>(
        _ rows: TreeRows<Stored>, by masks: ForestMasks<Stored>, to scores: TreeScores<Number>
    ) {
        let group = TreeMasks.groupRows
        let byteCount = max(masks.ranks.byteCount, 1) * Self.blockRows
        withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { bytes in
            withUnsafeTemporaryAllocation(of: SIMD16<UInt8>.self, capacity: 32) { planes in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.blockRows) { found in
                    guard let memory = bytes.baseAddress, let planes = planes.baseAddress,
                        let found = found.baseAddress
                    else { return }
                    let bytes = memory.assumingMemoryBound(to: UInt8.self)
                    masks.ranks.fill(bytes, rows)
                    withUnsafeTemporaryAllocation(of: TreeMasks.Effect.self, capacity: masks.block.widestTree + 1) {
                        guard let effects = $0.baseAddress else { return }
                        for tree in 0..<masks.block.treeCount {
                            masks.block.unpack(tree, to: effects)
                            var row = 0
                            while row < rows.count {
                                masks.block.find(
                                    found + row, tree: tree, effects: effects, bytes: bytes + row, planes: planes)
                                row &+= group
                            }
                            leaves.add(found, tree: tree, to: scores, rowCount: rows.count)
                        }
                    }
                }
            }
        }
    }
}

extension DecisionForest {
    /// Walks all trees for each row in the plainest way.
    ///
    /// - Parameter firstRow: The place of the first of them, as the finisher counts.
    func score<Number: TreeScalar>(
        _ rows: TreeRows<Number>, firstRow: Int = 0, _ base: [Number], _ finisher: some TreeFinisher
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
                    finisher.finish(scores, firstRow: firstRow &+ row, rowCount: 1, base: base)
                }
            }
        }
    }
}
