import CPostgreSQL
import SlipwayData
import SlipwaySQL

/// A connection to a store with the statements that were planned on it, for one thread at a time.
final class Session {
    /// The statements that are kept planned on one connection.
    static let preparedCountMax = 128

    /// The connection.
    let connection: Connection
    /// The store, for messages.
    let place: String
    private var names: [String: String] = [:]

    init(_ connection: Connection, place: String) {
        self.connection = connection
        self.place = place
    }

    /// Whether a statement that was planned here no longer fits the tables.
    private var isOutdated = false

    /// Whether the connection can be used again: it is there, no transaction is open on it, and its plans hold.
    var isIdle: Bool { !isOutdated && connection.transactionStatus == PG_TRANSACTION_IDLE }

    /// Runs a statement that is planned at its first use.
    func run(_ statement: String, _ values: [Value]) throws(SQLError) -> Answer {
        var texts: [String?] = []
        for value in values { texts.append(try ServerText.text(of: value)) }
        return try telling(statement) { () throws(ServerProblem) in
            try connection.runPrepared(try name(of: statement), texts)
        }
    }

    /// Runs statements without values.
    func runScript(_ statements: String) throws(SQLError) {
        try telling(statements) { () throws(ServerProblem) in try connection.runScript(statements) }
    }

    /// Runs work so that a server's problem becomes a store's.
    func telling<T>(_ statement: String, _ work: () throws(ServerProblem) -> T) throws(SQLError) -> T {
        do {
            return try work()
        } catch {
            if error.isOfOutdatedPlan { isOutdated = true }
            throw SQLError(error, store: place, statement: statement)
        }
    }

    private func name(of statement: String) throws(ServerProblem) -> String {
        if let name = names[statement] { return name }
        if names.count == Self.preparedCountMax {
            try connection.runScript("deallocate all")
            names = [:]
        }
        let name = "slipway_\(names.count)"
        try connection.prepare(statement, as: name)
        names[statement] = name
        return name
    }
}
