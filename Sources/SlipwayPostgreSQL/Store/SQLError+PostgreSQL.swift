import SlipwaySQL

extension SQLError {
    /// Tells a server's problem in the words of stores.
    ///
    /// The states are those of PostgreSQL's manual, appendix A.
    init(_ problem: ServerProblem, store: String, statement: String? = nil) {
        switch problem {
        case .refused(let state, let message, let hint):
            self = Self.refusal(state, message, hint, store: store)
        case .lost(let message, let state):
            self = Self.loss(message, state: state, store: store)
        case .badAddress:
            self.init(
                .unreadable, "the address of the store is none that PostgreSQL's clients read",
                hint: "Write postgres://user:${PASSWORD}@host:5432/database.")
        case .timedOut:
            self.init(
                .interrupted, "the store '\(store)' did not answer in time",
                hint: "Check that the server runs and is not overloaded.")
        }
        self.statement = statement
    }

    private static func loss(_ message: String, state: String?, store: String) -> SQLError {
        let isCredential = state?.hasPrefix("28") ?? false
        return SQLError(
            isCredential || state == "3D000" ? .unreadable : .unreachable,
            "the store '\(store)' cannot be reached: \(message)",
            hint: isCredential
                ? "Check the user and the password, and that the server lets this machine in."
                : "Check that the server runs and that the address is right; it is tried again at the next use.")
    }

    private static func refusal(_ state: String, _ message: String, _ hint: String?, store: String) -> SQLError {
        switch state {
        case "55P03", "40P01":
            return SQLError(
                .locked, "the store '\(store)' is locked by another process",
                hint: "Wait until the other command has finished, or stop it, and try again.")
        case "57014":
            return SQLError(.interrupted, "the statement was stopped before it had finished")
        case "53100":
            return SQLError(
                .full, "the disk that holds the store '\(store)' is full", hint: "Free some space and try again.")
        case "25006":
            return SQLError(.readOnly, "the store '\(store)' cannot be written: \(message)")
        case "23505":
            return SQLError(.uniqueViolation, "a row with this key is there already: \(message)")
        case "42P01":
            return SQLError(.missingTable, message, subject: name(in: message))
        case "42703":
            return SQLError(.missingColumn, message, subject: name(in: message))
        case "42501":
            return SQLError(
                .unreadable, "the store '\(store)' may not be used so: \(message)",
                hint: "Let the owner of the database grant it.")
        case "XX001", "XX002":
            return SQLError(
                .corrupt, "the store '\(store)' is damaged: \(message)", hint: "Restore it from a backup.")
        case _ where state.hasPrefix("08") || state.hasPrefix("57P"):
            return loss(message, state: state, store: store)
        case _ where state.hasPrefix("23"):
            return SQLError(.constraintViolation, "a row breaks a rule of its table: \(message)")
        case _ where state.hasPrefix("54"):
            return SQLError(
                .limitExceeded, "a value or a statement is too large for the store '\(store)': \(message)")
        case _ where state.hasPrefix("22"):
            return SQLError(.wrongType, "a value does not fit its column: \(message)", hint: hint)
        case _ where state.hasPrefix("42"):
            return SQLError(.invalidStatement, "the statement cannot be run: \(message)", hint: hint)
        default:
            return SQLError(.failed, "the store '\(store)' failed: \(message)", hint: hint)
        }
    }

    /// The first name between marks of a message.
    private static func name(in message: String) -> String? {
        let parts = message.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }
}
