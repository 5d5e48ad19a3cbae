/// A table for people: aligned columns, two spaces apart, without lines.
struct TextTable: Sendable {
    /// A column.
    struct Column: Sendable, ExpressibleByStringLiteral {
        /// The heading.
        var heading: String
        /// Whether cells end, rather than start, at the same place, as numbers should.
        var isNumeric: Bool

        /// Makes a column of text.
        init(stringLiteral heading: String) { (self.heading, isNumeric) = (heading, false) }

        private init(heading: String, isNumeric: Bool) { (self.heading, self.isNumeric) = (heading, isNumeric) }

        /// A column of numbers.
        static func number(_ heading: String) -> Column { Column(heading: heading, isNumeric: true) }
    }

    /// The spaces between columns.
    static let gap = "  "

    /// The columns in order.
    let columns: [Column]
    /// The cells of each row.
    private(set) var rows: [[String]] = []

    /// Makes an empty table: `TextTable("model", .number("rows"))`.
    init(_ columns: Column...) { self.columns = columns }

    /// Makes a table of rows that are at hand: `TextTable(["model", .number("rows")], rows: rows)`.
    init(_ columns: [Column], rows: [[String]]) {
        self.columns = columns
        for row in rows { append(row) }
    }

    /// Adds a row; absent cells are empty, and cells beyond the last column are left out.
    mutating func append(_ cells: String...) { append(cells) }

    /// Adds a row; absent cells are empty, and cells beyond the last column are left out.
    mutating func append(_ cells: [String]) {
        let shown = cells.prefix(columns.count).map(Self.printable)
        rows.append(shown + Array(repeating: "", count: columns.count - shown.count))
    }

    /// The table as text, each line ended; the headings alone when there is no row.
    var text: String {
        let headings = columns.map { $0.heading.uppercased() }
        let widths = columns.indices.map { index in
            rows.map { $0[index].count }.reduce(headings[index].count, max)
        }
        return ([headings] + rows).map { line($0, widths: widths) + "\n" }.joined()
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        let padded = columns.indices.map { index in
            let padding = String(repeating: " ", count: widths[index] - cells[index].count)
            return columns[index].isNumeric ? padding + cells[index] : cells[index] + padding
        }
        let line = padded.joined(separator: Self.gap)
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// A cell on one line, without characters that would steer the terminal.
    private static func printable(_ cell: String) -> String {
        String(cell.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
    }
}
