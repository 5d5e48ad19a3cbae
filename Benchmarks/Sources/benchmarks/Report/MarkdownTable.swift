/// A table that reads well as it stands and as Markdown.
struct MarkdownTable {
    /// The headings; the first column is text, the others end at the same place.
    let headings: [String]
    /// The cells of each row.
    var rows: [[String]] = []

    /// The table, each line ended.
    var text: String {
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].count }.reduce(3, max)
        }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).enumerated().map { column, cell in
                let blank = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + blank : blank + cell.0
            }
            return "| \(padded.joined(separator: " | ")) |\n"
        }
        let rule = widths.enumerated().map { column, width in
            column == 0 ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
        }
        return line(headings) + line(rule) + rows.map(line).joined()
    }
}
