import SlipwayData

/// The rows at the edges of a model: each changes one field of a base row, a few change several.
struct EdgeRows {
    /// The most rows of all kinds together.
    static let countMax = 2_000
    /// The most rows of numbers and texts that are odd in themselves.
    static let oddityCountMax = 1_000
    /// The rows with several odd fields.
    static let mixedCount = 64
    /// The most categories of one field.
    static let categoryCountMax = 64
    /// The most cells around one boundary.
    private static let cellsPerBoundary = 4
    private static let seed: UInt64 = 0x51_1D_4A_79

    /// The rows.
    private(set) var rows: [EdgeRow] = []
    /// The boundaries that the rows lie at.
    private(set) var boundaryCount = 0

    private let bases: [[Value]]

    /// Makes the rows of a model.
    ///
    /// - Parameters:
    ///   - bases: Rows that the model is used to; at least one.
    ///   - allowance: How many rows to make.
    init(
        _ graph: Graph, signature: Signature, bases: [[Value]], engines: [any InferenceEngine],
        allowance: TrialAllowance = .full
    ) {
        self.bases = bases
        guard let base = bases.first else { return }
        let categories = KnownCategories(graph)
        var odd: [(field: Int, cell: Value)] = []
        for (field, input) in signature.inputs.enumerated() {
            odd += Self.oddities(of: input, categories).map { (field, $0) }
        }
        odd = odd.evenly(allowance.share(of: Self.oddityCountMax))
        let mixedCount = allowance.share(of: Self.mixedCount)
        let room = allowance.rowCount - mixedCount - odd.count
        let probe = BoundaryProbe(
            graph, signature: signature, base: base, engines: engines,
            fieldCountMax: allowance.share(of: BoundaryProbe.fieldCountMax))
        let crossings = probe.crossings(limit: room / Self.cellsPerBoundary)
        boundaryCount = crossings.count
        let atBoundaries = crossings.flatMap { crossing in crossing.cells.map { (field: crossing.field, cell: $0) } }
        let single = odd + atBoundaries
        for (index, change) in single.enumerated() { add([change], to: index) }
        addMixed(single, signature, count: mixedCount)
    }

    private mutating func add(_ changes: [(field: Int, cell: Value)], to index: Int) {
        var cells = bases[index % bases.count]
        for change in changes { cells[change.field] = change.cell }
        rows.append(EdgeRow(cells: cells, fields: changes.map(\.field)))
    }

    /// Rows with several odd fields; numbers near the end of their range stay out, lest sums cancel each other.
    private mutating func addMixed(_ changes: [(field: Int, cell: Value)], _ signature: Signature, count: Int) {
        let mild = changes.filter { $0.cell.asNumber.map { $0.isNaN || $0.magnitude < 1e9 } ?? true }
        let byField = Dictionary(grouping: mild, by: \.field)
        guard byField.count > 1 else { return }
        var random = SplitMix64(seed: Self.seed)
        func next(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let fields = byField.keys.sorted()
        for index in 0..<count {
            let wanted = 2 + next(max(1, min(fields.count, 6) - 1))
            let chosen = Set((0..<wanted).map { _ in fields[next(fields.count)] }).sorted()
            add(chosen.compactMap { field in byField[field].map { $0[next($0.count)] } }, to: index)
        }
    }

    private static func oddities(of field: InputField, _ known: KnownCategories) -> [Value] {
        var cells: [Value] = (field.categories ?? []).evenly(categoryCountMax)
        switch field.elementType {
        case .string:
            cells += known.texts(reading: field.slot.input).evenly(categoryCountMax).map { .string($0) }
            let first = cells.first?.text ?? "a"
            cells += ["", " ", first + " ", first.uppercased(), "no such category", "é"].map { .string($0) }
        case .bool: cells += [.boolean(false), .boolean(true)]
        default:
            guard let numbers = FieldNumbers(field) else { break }
            cells += numbers.oddities
            for limit in [field.minimum, field.maximum] { cells += limit.map(numbers.neighbours) ?? [] }
            let codes = known.numbers(reading: field.slot.input).evenly(categoryCountMax)
            cells += codes.flatMap { Array(numbers.neighbours(of: $0).prefix(numbers.areWhole ? 1 : 3)) }
            if !numbers.areWhole { cells.append(.missing) }
        }
        return cells
    }
}
