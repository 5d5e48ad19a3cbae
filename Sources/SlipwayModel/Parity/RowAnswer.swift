import SlipwayData

/// What an engine says to one row.
enum RowAnswer: Equatable {
    /// One element of an output.
    enum Cell: Equatable {
        case number(Double)
        /// A class, a whole number or a truth value, which is the same or not.
        case label(String)
    }

    /// The elements of all outputs, one output after the other.
    case cells([Cell])
    /// The engine does not answer, for this reason.
    case refused(String)

    /// The relative difference between two answers and the index of the cell where it is largest.
    ///
    /// - Parameter floors: The floor of each cell; see ``ParityReport/floor(largest:)``.
    ///
    /// Refusals agree with each other and with numbers that are not finite: there is no answer in either. Labels are
    /// not compared when both engines have such numbers in the row.
    func difference(from other: RowAnswer, floors: [Double]) -> (size: Double, index: Int) {
        switch (self, other) {
        case (.refused, .refused): return (0, 0)
        case (.refused, .cells(let cells)), (.cells(let cells), .refused):
            return (cells.contains(where: \.isNotFinite) ? 0 : .infinity, 0)
        case (.cells(let left), .cells(let right)):
            guard left.count == right.count else { return (.infinity, 0) }
            let isBlank = left.contains(where: \.isNotFinite) && right.contains(where: \.isNotFinite)
            var largest = (size: 0.0, index: 0)
            for (index, pair) in zip(left, right).enumerated() {
                let floor = index < floors.count ? floors[index] : ParityReport.floor
                let size = pair.0.difference(from: pair.1, ignoringLabels: isBlank, floor: floor)
                if size > largest.size { largest = (size, index) }
            }
            return largest
        }
    }

    /// The relative difference between the numbers in one cell of two answers; 0 where there are none.
    func difference(from other: RowAnswer, at index: Int, floor: Double) -> Double {
        guard case .cells(let left) = self, case .cells(let right) = other, index < left.count, index < right.count,
            case .number(let first) = left[index], case .number(let second) = right[index]
        else { return 0 }
        return ParityReport.difference(first, second, floor: floor)
    }
}

extension RowAnswer.Cell {
    /// Whether the cell is NaN or infinite.
    var isNotFinite: Bool { if case .number(let number) = self { !number.isFinite } else { false } }

    /// The cell in words.
    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .label(let label): "'\(label)'"
        }
    }

    fileprivate func difference(from other: Self, ignoringLabels: Bool, floor: Double) -> Double {
        switch (self, other) {
        case (.number(let left), .number(let right)): ParityReport.difference(left, right, floor: floor)
        case (.label(let left), .label(let right)): left == right || ignoringLabels ? 0 : .infinity
        default: .infinity
        }
    }
}
