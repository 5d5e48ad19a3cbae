public import Foundation

/// How the cells of a column are read.
public struct ColumnParsing: Equatable, Sendable {
    /// What the cells are.
    public enum Content: Equatable, Sendable {
        /// Whatever all of them are.
        case inferred
        /// Values of one type.
        case values(ColumnType)
        /// Days, which become text such as `2026-03-01`.
        case days(DatePattern)
        /// Times of a clock in a zone, which become text in UTC such as `2026-03-01T09:30:00Z`.
        case times(DatePattern, zone: TimeZone)
    }

    /// What the cells are.
    public var content: Content
    /// The marks within numbers.
    public var marks: NumberMarks
    /// The spellings of a missing value, beside the empty cell; `nil` for those of the field, in all but texts.
    public var missing: Set<String>?
    /// Units that may stand behind a number, each with the factor that leads to the unit of the column.
    public var units: [String: Double]

    /// Says how a column is read.
    public init(
        content: Content = .inferred, marks: NumberMarks = NumberMarks(), missing: Set<String>? = nil,
        units: [String: Double] = [:]
    ) {
        self.content = content
        self.marks = marks
        self.missing = missing
        self.units = units
    }

    /// The type of the cells in a table; `nil` while only they tell it.
    var type: ColumnType? {
        switch content {
        case .inferred: units.isEmpty ? nil : .number
        case .values(let type): type
        case .days, .times: .string
        }
    }

    /// The cell of a text.
    ///
    /// - Parameter type: The type of the column.
    /// - Returns: `nil` where the text is no such cell.
    func value(of text: String, as type: ColumnType) -> Value? {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        // A text of blanks is one, as it is for the plain reader.
        if isText(type) && trimmed.isEmpty { return text.isEmpty ? .missing : .string(text) }
        guard !isMissing(trimmed, in: type) else { return .missing }
        switch content {
        case .days(let pattern): return pattern.day(trimmed).map(Value.string)
        case .times(let pattern, let zone): return pattern.time(trimmed, in: zone).map(Value.string)
        case .inferred, .values: return type == .string ? .string(text) : scalar(trimmed, as: type)
        }
    }

    /// The narrowest type that holds a cell; `nil` for one without a value.
    func inferredCell(_ text: String) -> CSVCell {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        return isMissing(trimmed, in: .number) ? Self.cell("") : Self.cell(marks.plain(trimmed) ?? "none")
    }

    /// What belongs in the cells, for the reason why a row is set aside.
    func wanted(as type: ColumnType) -> String {
        switch content {
        case .days(let pattern): return "a day as \(pattern.text)"
        case .times(let pattern, let zone): return "a time as \(pattern.text) in \(zone.identifier)"
        case .inferred, .values: break
        }
        let units = units.isEmpty ? "" : " in \(units.keys.sorted().joined(separator: ", "))"
        switch type {
        case .boolean: return "true or false"
        case .integer: return "a whole number\(units)"
        case .number: return "a number\(units)"
        case .string: return "text"
        }
    }

    private func isText(_ type: ColumnType) -> Bool {
        switch content {
        case .inferred, .values: type == .string
        case .days, .times: false
        }
    }

    private func isMissing(_ text: String, in type: ColumnType) -> Bool {
        if text.isEmpty { return true }
        if let missing { return missing.contains(text) }
        return type != .string && CSVFormat.missingSpellingsOfTheField.contains(text)
    }

    private func scalar(_ text: String, as type: ColumnType) -> Value? {
        let (number, factor) = split(text)
        guard let factor, let plain = marks.plain(number) else { return nil }
        let cell = Self.cell(plain)
        switch type {
        case .boolean: return cell.truth.map(Value.boolean)
        case .integer where factor == 1: return cell.whole.map(Value.integer)
        case .integer: return cell.number.flatMap { Int64(exactly: $0 * factor) }.map(Value.integer)
        case .number: return cell.number.map { .number($0 * factor) }
        case .string: return .string(text)
        }
    }

    /// The number before a unit, and the factor of the unit; none for a unit that is not known.
    private func split(_ text: String) -> (number: String, factor: Double?) {
        guard !units.isEmpty, let last = text.lastIndex(where: { $0.isNumber || $0 == marks.decimal }) else {
            return (text, 1)
        }
        let unit = text[text.index(after: last)...].trimmingCharacters(in: .whitespaces)
        return (String(text[...last]), unit.isEmpty ? 1 : units[unit])
    }

    private static func cell(_ text: String) -> CSVCell {
        var text = text
        return text.withUTF8 { CSVCell($0, missingSpellings: noSpellings) }
    }

    private static let noSpellings = CSVMissingSpellings(CSVFormat(missingSpellings: []))
}
