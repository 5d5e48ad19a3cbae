import SlipwayData

/// Why a server did not answer a statement.
enum ServerProblem: Error, Equatable {
    /// The server refused; `state` is its SQLSTATE of five letters and digits.
    case refused(state: String, message: String, hint: String?)
    /// There is no connection, or no longer.
    case lost(String)
    /// The connection string is none.
    case badAddress
    /// The deadline passed.
    case timedOut

    /// Tells the problem in the words of the source that was asked.
    ///
    /// The classes are those of PostgreSQL's manual, appendix A; `57014` is a statement that its time limit stopped.
    func error(source: String, timeout: Duration) -> DataError {
        switch self {
        case .refused("57014", _, _), .timedOut: return .timedOut(after: timeout, source: source)
        case .refused(let state, let message, let hint):
            return DataError(Self.kind(of: state), "source '\(source)': \(message)", hint: hint)
        case .lost(let message):
            return DataError(
                .sourceFailed, "source '\(source)': the server cannot be reached: \(message)",
                hint: "Check that it runs, and that its address in the project file is right.")
        case .badAddress:
            return DataError(
                .unreadable, "source '\(source)': the url is none that PostgreSQL's clients read",
                hint: "Write postgres://user:${PASSWORD}@host:5432/database.")
        }
    }

    private static func kind(of state: String) -> DataError.Code {
        switch state {
        case "42P01", "3F000", "3D000", "42501": .unreadable
        case "42703": .missingColumn
        case _ where state.hasPrefix("28"): .unreadable
        default: .sourceFailed
        }
    }
}
