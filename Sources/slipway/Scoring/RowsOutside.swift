import SlipwayData
import SlipwayModel
import Synchronization

/// How many scored rows lie outside the ranges and categories of a signature, and one of them.
final class RowsOutside: Sendable {
    /// What was found.
    struct Tally {
        /// The rows that were looked at.
        var rowCount = 0
        /// Those of them that lie outside.
        var outsideCount = 0
        /// One of them.
        var example: String?

        /// A sentence for a person; `nil` when every row lies within.
        var summary: String? {
            guard outsideCount > 0 else { return nil }
            return
                "\(CountText.text(outsideCount)) of \(CountText.text(rowCount)) rows lie outside what the model allows"
                + (example.map { ", one of them: \($0)" } ?? "")
        }

        /// Adds what was found among other rows.
        static func += (left: inout Tally, right: Tally) {
            left.rowCount += right.rowCount
            left.outsideCount += right.outsideCount
            left.example = left.example ?? right.example
        }
    }

    private let signature: Signature
    private let state = Mutex(Tally())

    init(of signature: Signature) { self.signature = signature }

    /// A row of a table that lies outside.
    struct Finding {
        /// Its place in the table, counted from 0.
        let row: Int
        /// What is wrong with it.
        let problem: String
        /// The same in words that hold nothing of the row.
        let rule: String
    }

    /// Looks at rows.
    ///
    /// - Parameter start: How many rows came before, where that is known.
    /// - Returns: The rows that lie outside.
    @discardableResult func look(at table: Table, after start: Int?) -> [Finding] {
        var found: [Finding] = []
        let doubtful = signature.inputs.filter { field in table[field.name].map { !field.surelyAllows($0) } ?? false }
        if !doubtful.isEmpty {
            for row in 0..<table.rowCount {
                guard let problem = Self.problem(in: doubtful, ofRow: row, of: table) else { continue }
                let place = start.map { "row \($0 + row + 1), " } ?? ""
                found.append(
                    Finding(row: row, problem: "\(place)field \(problem.problem)", rule: "field \(problem.rule)"))
            }
        }
        state.withLock {
            $0.rowCount += table.rowCount
            $0.outsideCount += found.count
            $0.example = $0.example ?? found.first?.problem
        }
        return found
    }

    /// What was found so far.
    var tally: Tally { state.withLock { $0 } }

    private static func problem(
        in fields: [InputField], ofRow row: Int, of table: Table
    ) -> (problem: String, rule: String)? {
        for field in fields {
            guard let cell = table[field.name]?[row] else { continue }
            if cell.isMissing, field.isRequired, field.defaultValue == nil {
                return ("'\(field.name)' is missing", "'\(field.name)' is missing")
            }
            if let problem = field.outOfBounds(cell), let rule = field.brokenBound(by: cell) {
                return ("'\(field.name)' \(problem)", "'\(field.name)' \(rule)")
            }
        }
        return nil
    }
}
