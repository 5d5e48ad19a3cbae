import SlipwayData

/// A table of a source of the project, written as `warehouse#customers`.
struct TablePlace: Equatable {
    /// The name of the source.
    let source: String
    /// The table, with its schema before a dot where it has one.
    let table: String

    /// Reads a place; `nil` for the path of a file.
    init?(_ text: String) {
        let sides = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, ResourceName.isValid(sides[0]), !sides[1].isEmpty, !sides[1].hasPrefix(".") else {
            return nil
        }
        (source, table) = (sides[0], sides[1])
    }

    /// The table as statements have it.
    var quotedTable: String {
        table.split(separator: ".", maxSplits: 1).map { SQLText.name(String($0)) }.joined(separator: ".")
    }
}
