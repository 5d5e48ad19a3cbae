import GRDB

extension SQLError {
    /// Translates an error of the database library; an error that is already ours, or the caller's, comes back as is.
    static func translating(_ error: any Error, store: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return SQLError(error, store: store)
    }

    /// Runs database work so that only this room's error type leaves it.
    static func wrapping<T>(_ store: String, _ work: () throws -> T) throws(SQLError) -> T {
        do {
            return try work()
        } catch let error as SQLError {
            throw error
        } catch let error as DatabaseError {
            throw SQLError(error, store: store)
        } catch {
            throw SQLError(.failed, "the store '\(store)' failed: \(error)")
        }
    }

    init(_ error: DatabaseError, store: String) {
        let reason = error.message ?? "SQLite code \(error.resultCode.rawValue)"
        self =
            SQLError.outage(of: store, code: error.resultCode, reason: reason)
            ?? SQLError.violation(code: error.extendedResultCode, reason: reason)
            ?? SQLError.misstatement(code: error.resultCode, reason: reason)
            ?? SQLError(.failed, "the store '\(store)' failed: \(reason)")
        statement = error.sql
    }

    /// Problems of the file and the machine below it.
    private static func outage(of store: String, code: ResultCode, reason: String) -> SQLError? {
        switch code {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            SQLError(
                .locked, "the store '\(store)' is locked by another process",
                hint: "Wait until the other command has finished, or stop it, and try again.")
        case .SQLITE_FULL:
            SQLError(
                .full, "the disk that holds the store '\(store)' is full", hint: "Free some space and try again.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            SQLError(
                .corrupt, "the store '\(store)' is damaged or is not a database: \(reason)",
                hint: "Restore the file from a backup.")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            SQLError(
                .unreadable, "the store '\(store)' cannot be opened: \(reason)",
                hint: "Check that the path exists, and that you may read it and write beside it, as readers do too.")
        case .SQLITE_READONLY:
            SQLError(.readOnly, "the store '\(store)' cannot be written: \(reason)")
        case .SQLITE_IOERR:
            SQLError(
                .failed, "the disk that holds the store '\(store)' failed: \(reason)",
                hint: "Check the disk, its free space, and its permissions.")
        case .SQLITE_INTERRUPT:
            SQLError(.interrupted, "the statement was stopped before it had finished")
        case .SQLITE_TOOBIG, .SQLITE_NOMEM:
            SQLError(.limitExceeded, "a value or a statement is too large for the store '\(store)': \(reason)")
        default: nil
        }
    }

    private static func violation(code: ResultCode, reason: String) -> SQLError? {
        switch code {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            SQLError(.uniqueViolation, "a row with this key is there already: \(reason)")
        case _ where code.primaryResultCode == .SQLITE_CONSTRAINT:
            SQLError(.constraintViolation, "a row breaks a rule of its table: \(reason)")
        default: nil
        }
    }

    /// Problems of the statement; SQLite has one code for all of them, so the kinds are told apart by its wording.
    private static func misstatement(code: ResultCode, reason: String) -> SQLError? {
        guard code == .SQLITE_ERROR || code == .SQLITE_MISUSE || code == .SQLITE_RANGE else { return nil }
        if let table = name(after: "no such table: ", in: reason) {
            return SQLError(.missingTable, "there is no table '\(table)'", subject: table)
        }
        if let column = name(after: "no such column: ", in: reason) {
            return SQLError(.missingColumn, "there is no column '\(column)'", subject: column)
        }
        return SQLError(.invalidStatement, "the statement cannot be run: \(reason)")
    }

    private static func name(after prefix: String, in reason: String) -> String? {
        reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : nil
    }
}
