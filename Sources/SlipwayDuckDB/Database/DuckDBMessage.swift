import SlipwayData

/// What the library says of a failure, in words for a user.
struct DuckDBMessage: Equatable {
    /// The longest text of the library that goes into a message, in characters.
    static let lengthMax = 300

    /// The kind of failure.
    let kind: DataError.Code
    /// The reason in one line.
    let reason: String

    /// Takes the first paragraph of the library's text; the query that follows it says nothing to a user.
    init(_ raw: String?) {
        let text = raw ?? "no reason given"
        let paragraph = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        reason = String(paragraph.joined(separator: " ").prefix(Self.lengthMax))
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
