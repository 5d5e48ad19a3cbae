/// Joins to each row what a history knew of it at the row's own time, and nothing later.
///
/// For each row, of the history's rows with the same key, the latest is taken whose time is at or before the row's: a
/// history row of the very same moment counts as known. Where there is none, or the latest is older than ``ageMax``, the
/// history's columns are missing. Every row stays, once, in its place.
///
/// A missing key equals no other. Both columns of times hold numbers of one unit, or both hold texts (``TimePoint``).
public struct AsOfJoin: Codable, Equatable, Sendable {
    /// The column of the rows that says at which moment each must be judged.
    public var asOf: String
    /// The column that both sides have.
    public var key: String
    /// The column of the history that says since when each of its rows holds.
    public var time: String
    /// How old a history row may be, itself included; `nil` for any age.
    public var ageMaxMilliseconds: Int64?
    /// What is put before the names of the history's columns.
    public var prefix: String

    /// Describes a join.
    public init(asOf: String, key: String, time: String, ageMaxMilliseconds: Int64? = nil, prefix: String = "") {
        self.asOf = asOf
        self.key = key
        self.time = time
        self.ageMaxMilliseconds = ageMaxMilliseconds
        self.prefix = prefix
    }

    /// The rows with the history's columns, but for its key and its time, at the end.
    ///
    /// - Parameters:
    ///   - rows: The rows, each at its own time.
    ///   - history: What became known when.
    ///   - name: What the history is called in messages.
    /// - Throws: ``DataError``: `missingColumn` for a column that is not there; `wrongType` for keys or times of two
    ///   types; `malformed` for a time that is missing or cannot be read, for two history rows with one key and time,
    ///   and for a name that both sides have.
    /// - Complexity: O(n + h log h + n log h) for n rows and h of the history.
    public func joining(_ rows: Table, with history: Table, named name: String) throws(DataError) -> Table {
        let (asOf, rowKeys) = (
            try column(self.asOf, of: rows, "the training rows"), try column(key, of: rows, "the training rows")
        )
        let (time, historyKeys) = (try column(self.time, of: history, name), try column(key, of: history, name))
        try checkNames(rows, history, named: name)
        guard (asOf.type == .string) == (time.type == .string) else {
            throw DataError(
                .wrongType,
                "'\(self.asOf)' of the training rows is \(asOf.type.rawValue), '\(self.time)' of \(name) is "
                    + "\(time.type.rawValue), which cannot be compared",
                hint: "Let both queries give times in one form, such as 2026-03-01T09:30:00Z.")
        }
        if ageMaxMilliseconds != nil, asOf.type != .string {
            throw DataError(
                .wrongType, "'\(self.asOf)' holds numbers, whose unit is not known, so no age can be told",
                hint: "Let the queries give times as text, such as 2026-03-01T09:30:00Z, or leave max_age out.")
        }
        guard rowKeys.type == historyKeys.type else {
            throw DataError(
                .wrongType,
                "'\(key)' is \(rowKeys.type.rawValue) in the training rows and \(historyKeys.type.rawValue) in \(name)",
                hint: "Let both queries give the key in one type: cast(\(key) as …).")
        }
        let moments = try TimePoint.all(of: asOf, in: "the training rows")
        let steps = try HistorySteps(keys: historyKeys, times: TimePoint.all(of: time, in: name))
        try steps.refuseRepeats(key: key, time: self.time, named: name)
        let found = (0..<rows.rowCount).map { row in
            steps.latest(of: rowKeys[row], at: moments[row], ageMaxMilliseconds: ageMaxMilliseconds)
        }
        let joined = history.columns.filter { $0.name != key && $0.name != self.time }
            .map { $0.selecting(rows: found, as: prefix + $0.name) }
        return try Table(columns: rows.columns + joined)
    }

    private func column(_ name: String, of table: Table, _ holder: String) throws(DataError) -> Column {
        if let column = table[name] { return column }
        throw DataError(
            .missingColumn, "\(holder) have no column '\(name)'",
            hint: "They have \(table.names.joined(separator: ", ")).")
    }

    private func checkNames(_ rows: Table, _ history: Table, named name: String) throws(DataError) {
        let taken = history.names.filter { $0 != key && $0 != time && rows[prefix + $0] != nil }
        guard taken.isEmpty else {
            throw DataError(
                .malformed,
                "\(taken.map { "'\(prefix)\($0)'" }.joined(separator: ", ")) of \(name) is a column of the training rows "
                    + "already", hint: "Leave it out of one query, or give the join another prefix.")
        }
        guard history.columns.count > 2 || (history.columns.count > 1 && key == time) else {
            throw DataError(
                .missingColumn, "\(name) have no column beside '\(key)' and '\(time)'",
                hint: "Let the query give what is to be joined.")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case asOf = "as_of"
        case key, time
        case ageMaxMilliseconds = "max_age_milliseconds"
        case prefix
    }
}

extension Column {
    /// The column with the cells of some rows under another name; `nil` stands for a missing cell.
    fileprivate func selecting(rows: [Int?], as name: String) -> Column {
        func cells<Cell>(_ cells: [Cell], _ placeholder: Cell) -> [Cell] {
            rows.map { $0.map { cells[$0] } ?? placeholder }
        }
        let chosen: Values =
            switch values {
            case .booleans(let values): .booleans(cells(values, false))
            case .integers(let values): .integers(cells(values, 0))
            case .numbers(let values): .numbers(cells(values, .nan))
            case .strings(let values): .strings(cells(values, ""))
            }
        let flags = rows.map { row in row.map { validity?[$0] ?? true } ?? false }
        return Column(name: name, values: chosen, validity: flags.allSatisfy(\.self) ? nil : flags)
    }
}
