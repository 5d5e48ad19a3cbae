import SlipwayData

/// What the library says of a failure, in words for a user.
struct DuckDBMessage: Error, Equatable {
    /// The longest text of the library that goes into a message, in characters.
    static let lengthMax = 300
    /// The kinds of failure that quote a cell.
    private static let quotingKinds = ["Conversion Error", "Out of Range Error"]

    /// The kind of failure.
    let kind: DataError.Code
    /// The reason in one line.
    let reason: String
    /// The name of the table that is not there, where that is the failure.
    let missingTable: String?

    /// Takes the first paragraph of the library's text; the query that follows it says nothing to a user.
    init(_ raw: String?) {
        let text = raw ?? "no reason given"
        let paragraph = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        let words = paragraph.joined(separator: " ")
        let quotesCell = Self.quotingKinds.contains { text.hasPrefix($0) }
        reason = String((quotesCell ? words.leavingOut(between: "'") : words).prefix(Self.lengthMax))
        let (start, end) = ("Catalog Error: Table with name ", " does not exist!")
        missingTable =
            text.hasPrefix(start)
            ? text.firstRange(of: end).map { String(text[..<$0.lowerBound].dropFirst(start.count)) } : nil
        kind =
            switch text.prefix(while: { $0 != ":" }) {
            case "Out of Memory Error", "INTERRUPT Error": .limitExceeded
            case "Conversion Error": .wrongType
            case "Catalog Error" where text.contains("Table with name"): .unreadable
            case "Binder Error" where text.contains("Referenced column"): .missingColumn
            default: .sourceFailed
            }
    }

    var error: DataError {
        guard kind == .limitExceeded else {
            // Another program has the file open for writing, and will close it some time.
            let isLocked = reason.hasPrefix("IO Error: Could not set lock")
            return DataError(kind, "DuckDB refused: \(reason)", outlook: isLocked ? .passing() : .lasting)
        }
        let isStopped = reason.hasPrefix("INTERRUPT")
        return DataError(kind, "reading it takes more \(isStopped ? "time" : "memory") than it may")
    }
}
