/// How cells are told apart and which of them are empty.
public struct CSVFormat: Equatable, Sendable {
    /// The byte between two fields.
    public var delimiter: UInt8
    /// The spellings of a missing value in columns of numbers and truth values, beside the empty cell.
    ///
    /// In a column of text only the empty cell is missing: `None` or `NA` may be a category there.
    public var missingSpellings: Set<String>

    /// Makes a format.
    public init(
        delimiter: UInt8 = UInt8(ascii: ","), missingSpellings: Set<String> = Self.missingSpellingsOfTheField
    ) {
        self.delimiter = delimiter
        self.missingSpellings = missingSpellings
    }

    /// The spellings that pandas, R, and SQL tools write.
    public static let missingSpellingsOfTheField: Set<String> = [
        "NA", "N/A", "NaN", "nan", "null", "NULL", "None",
    ]

    /// Commas between fields.
    public static let commas = CSVFormat()

    /// Tabs between fields.
    public static let tabs = CSVFormat(delimiter: UInt8(ascii: "\t"))
}
