import SlipwayData

/// Finds the cells of fields at which the values inside a graph cross their boundaries.
///
/// A graph scales, encodes and joins fields before it compares anything. How it does so is not read from its nodes but
/// found out: each field is moved over a grid of numbers, and where a column crosses a boundary between two of them,
/// the two neighbouring numbers on its sides are found by halving. That holds for whatever the graph computes.
struct BoundaryProbe {
    /// The cells of one field on the sides of one boundary.
    struct Crossing {
        var field: Int
        var cells: [Value]
    }

    /// The most fields that are moved over the grid.
    static let fieldCountMax = 512
    /// The most fields that a boundary of one column is followed to.
    static let fieldsPerColumnMax = 2
    /// The most halvings: the bits of a double.
    private static let halvingCountMax = 64

    private let boundaries: Boundaries
    private let signature: Signature
    private let base: [Value]
    private let runner: RowRunner?
    private let probed: [String]
    private let fieldCountMax: Int

    /// Prepares a probe.
    ///
    /// - Parameters:
    ///   - base: The row whose fields are moved, one at a time.
    ///   - engines: One of them computes the values that are compared.
    ///   - fieldCountMax: The most fields that are moved over the grid.
    init(
        _ graph: Graph, signature: Signature, base: [Value], engines: [any InferenceEngine],
        fieldCountMax: Int = fieldCountMax
    ) {
        self.fieldCountMax = fieldCountMax
        boundaries = Boundaries(graph)
        self.signature = signature
        self.base = base
        let inputs = Set(graph.inputs.map(\.name))
        let computed = Set(graph.computedValues)
        probed = boundaries.byValue.keys.filter { !inputs.contains($0) && computed.contains($0) }.sorted()
        runner = probed.isEmpty ? nil : Self.runner(graph, signature, showing: probed, engines)
    }

    private static func runner(
        _ graph: Graph, _ signature: Signature, showing values: [String], _ engines: [any InferenceEngine]
    ) -> RowRunner? {
        // A graph cut short costs least, but has no bytes, which some engines read.
        for shown in [graph.cut(to: values), try? graph.showing(values)] {
            guard let shown else { continue }
            for engine in engines where engine.support(for: shown).isSupported {
                if let predictor = try? engine.load(shown) {
                    return RowRunner(graph, signature: signature, predictor: predictor)
                }
            }
        }
        return nil
    }

    /// The crossings, evenly chosen where there are more than so many.
    func crossings(limit: Int) -> [Crossing] {
        let direct = directBoundaries()
        let searches = self.searches()
        let total = direct.count + searches.count
        guard total > limit else { return direct.map(crossing) + found(searches) }
        let part = limit * direct.count / total
        return direct.evenly(part).map(crossing) + found(searches.evenly(limit - part))
    }

    /// Boundaries of what the graph reads itself.
    private func directBoundaries() -> [(field: Int, threshold: Double)] {
        var all: [(field: Int, threshold: Double)] = []
        var numbers: [String: [Int: [Double]]] = [:]
        for (input, fields) in Dictionary(grouping: signature.inputs, by: \.slot.input) {
            numbers[input] = boundaries.byValue[input]?.numbers(width: fields.count)
        }
        for (field, input) in signature.inputs.enumerated() {
            guard let columns = numbers[input.slot.input], FieldNumbers(input) != nil else { continue }
            for threshold in columns[input.slot.index] ?? [] {
                all.append((field, threshold))
            }
        }
        return all
    }

    private func crossing(_ boundary: (field: Int, threshold: Double)) -> Crossing {
        let cells = FieldNumbers(signature.inputs[boundary.field])?.neighbours(of: boundary.threshold) ?? []
        return Crossing(field: boundary.field, cells: cells)
    }
}

extension BoundaryProbe {
    /// Two places of a field between which a column crosses a threshold.
    private struct Search {
        let field: Int
        let numbers: FieldNumbers
        let value: String
        let column: Int
        let threshold: Double
        let lowIsBelow: Bool
        var low: Int64
        var high: Int64

        var isOpen: Bool { high.subtractingReportingOverflow(low).partialValue > 1 || high < low }
        var middle: Int64 { low &+ Int64(bitPattern: UInt64(bitPattern: high &- low) >> 1) }
    }

    private func row(_ field: Int, _ cell: Value) -> [Value] {
        var row = base
        row[field] = cell
        return row
    }

    /// Every pair of neighbours on the grid between which a boundary lies.
    private func searches() -> [Search] {
        guard let runner else { return [] }
        var searches: [Search] = []
        var followed: [String: [Int: Int]] = [:]
        var columns: [String: [(key: Int, value: [Double])]] = [:]
        let fields = signature.inputs.indices.filter { FieldNumbers(signature.inputs[$0]) != nil }
        for field in Array(fields).evenly(fieldCountMax) {
            guard let numbers = FieldNumbers(signature.inputs[field]) else { continue }
            let grid = numbers.grid
            guard let answers = try? runner.numbers(of: grid.map { row(field, numbers.cell(at: $0)) }) else { continue }
            for value in probed {
                guard let answer = answers[value], let comparisons = boundaries.byValue[value] else { continue }
                if columns[value] == nil {
                    columns[value] = comparisons.numbers(width: answer.width).sorted { $0.key < $1.key }
                }
                for (column, thresholds) in columns[value] ?? [] {
                    let first = answer.elements[column].bitPattern
                    guard
                        grid.indices.contains(where: {
                            answer.elements[$0 * answer.width + column].bitPattern != first
                        }),
                        followed[value, default: [:]][column, default: 0] < Self.fieldsPerColumnMax
                    else { continue }
                    followed[value, default: [:]][column, default: 0] += 1
                    let moved = grid.indices.map { answer.elements[$0 * answer.width + column] }
                    for threshold in thresholds {
                        guard let place = Self.crossing(of: threshold, in: moved) else { continue }
                        searches.append(
                            Search(
                                field: field, numbers: numbers, value: value, column: column, threshold: threshold,
                                lowIsBelow: moved[place] <= threshold, low: grid[place], high: grid[place + 1]))
                    }
                }
            }
        }
        return searches
    }

    /// The first place after which a column is on the other side of a threshold.
    private static func crossing(of threshold: Double, in column: [Double]) -> Int? {
        column.indices.dropLast().first { place in
            !column[place].isNaN && !column[place + 1].isNaN
                && (column[place] <= threshold) != (column[place + 1] <= threshold)
        }
    }

    /// Halves all searches at once, a batch of rows per step.
    private func found(_ searches: [Search]) -> [Crossing] {
        guard let runner else { return [] }
        var searches = searches
        for _ in 0..<Self.halvingCountMax {
            let open = searches.indices.filter { searches[$0].isOpen }
            guard !open.isEmpty else { break }
            let rows = open.map { row(searches[$0].field, searches[$0].numbers.cell(at: searches[$0].middle)) }
            guard let answers = try? runner.numbers(of: rows) else { return [] }
            for (index, search) in open.enumerated() {
                guard let answer = answers[searches[search].value] else { return [] }
                let number = answer.elements[index * answer.width + searches[search].column]
                let isBelow = number <= searches[search].threshold
                if isBelow == searches[search].lowIsBelow {
                    searches[search].low = searches[search].middle
                } else {
                    searches[search].high = searches[search].middle
                }
            }
        }
        return searches.map { search in
            let places = [search.low, search.high, search.low.saturatingAdding(-1), search.high.saturatingAdding(1)]
            return Crossing(field: search.field, cells: places.map(search.numbers.cell))
        }
    }
}
