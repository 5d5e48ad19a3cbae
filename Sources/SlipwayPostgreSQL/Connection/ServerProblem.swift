import SlipwayData

/// Why a server did not answer a statement.
enum ServerProblem: Error, Equatable {
    /// The server refused; `state` is its SQLSTATE of five letters and digits.
    case refused(state: String, message: String, hint: String?)
    /// There is no connection, or no longer.
    ///
    /// `state` is the SQLSTATE with which the server sent the client away, where it said anything.
    case lost(String, state: String? = nil)
    /// The connection string is none.
    case badAddress
    /// The deadline passed.
    case timedOut

    /// Tells the problem in the words of the source that was asked.
    ///
    /// The classes are those of PostgreSQL's manual, appendix A; `57014` is a statement that its time limit stopped.
    func error(source: String, timeout: Duration) -> DataError {
        switch self {
        case .refused("57014", _, _), .timedOut:
            return .timedOut(after: timeout, source: source, outlook: .passing())
        case .refused(let state, let message, let hint):
            // Class 22 is about a cell, and quotes it.
            let words = state.hasPrefix("22") ? message.leavingOut(between: "\"") : message
            return DataError(
                Self.kind(of: state), "source '\(source)': \(words)", hint: hint, outlook: Self.outlook(of: state))
        case .lost(let message, let state):
            return DataError(
                .sourceFailed, "source '\(source)': the server cannot be reached: \(message)",
                hint: "Check that it runs, and that its address in the project file is right.",
                outlook: state.map(Self.outlook) ?? .passing())
        case .badAddress:
            return DataError(
                .unreadable, "source '\(source)': the url is none that PostgreSQL's clients read",
                hint: "Write postgres://user:${PASSWORD}@host:5432/database.")
        }
    }

    /// Whether a planned statement is not there, or gives other columns than it did: somebody changed its tables.
    var isOfOutdatedPlan: Bool {
        guard case .refused(let state, _, _) = self else { return false }
        return state == "0A000" || state == "26000"
    }

    /// Whether it may pass: lost connections, lacking resources, locks, deadlocks, and servers that start or end do.
    private static func outlook(of state: String) -> DataError.Outlook {
        let passing = ["08", "40", "53", "55P03", "57P01", "57P02", "57P03", "57P05"]
        return passing.contains(where: state.hasPrefix) ? .passing() : .lasting
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
