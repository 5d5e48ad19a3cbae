import CPostgreSQL
public import SlipwayData

/// A PostgreSQL database whose tables are written, all in one transaction; used by one thread.
public final class PostgreSQLTables {
    /// The longest that all of it may take.
    public static let timeout = Duration.seconds(86_400)
    /// The longest that the server may take to let the client in.
    private static let connectTimeout = Duration.seconds(10)
    /// The bytes of a statement that adds rows, at which it is sent.
    private static let statementByteCount = 1 << 19

    private let name: String
    private let connection: Connection

    /// Connects and begins.
    ///
    /// - Parameters:
    ///   - name: The name of the source, for messages.
    ///   - address: A connection URI or keywords and values.
    /// - Throws: ``DataError``; `unreadable` where the client library is absent.
    public init(name: String, address: String, library: Library = .shared) throws(DataError) {
        guard let functions = library.functions else {
            throw DataError(.unreadable, "source '\(name)': \(library.reason ?? "")")
        }
        self.name = name
        do throws(ServerProblem) {
            connection = try Connection(to: address, until: .now + Self.connectTimeout, functions: functions)
            connection.deadline = .now + Self.timeout
            for statement in ["begin", "set local standard_conforming_strings to on", "set local jit to off"] {
                _ = try connection.run(statement)
            }
        } catch {
            throw error.error(source: name, timeout: Self.timeout)
        }
    }

    /// Runs a statement.
    ///
    /// - Throws: ``DataError``.
    public func run(_ statement: String) throws(DataError) { _ = try answer(to: statement) }

    /// The number in the first cell of a query; `nil` when it has no row.
    ///
    /// - Throws: ``DataError``.
    public func number(_ query: String) throws(DataError) -> Int? {
        let answer = try answer(to: query)
        return answer.rowCount > 0 ? answer.text(row: 0, column: 0).flatMap { Int($0) } : nil
    }

    /// Adds rows to a table with the same columns.
    ///
    /// - Throws: ``DataError``; `wrongType` for a text with a NUL character, which the server does not hold.
    public func insert(_ rows: Table, into table: String) throws(DataError) {
        var statement = ""
        for row in 0..<rows.rowCount {
            statement += statement.isEmpty ? "INSERT INTO \(table) VALUES (" : ", ("
            for (place, column) in rows.columns.enumerated() {
                if place > 0 { statement += ", " }
                statement += try literal(column[row], of: column.name)
            }
            statement += ")"
            if statement.utf8.count >= Self.statementByteCount {
                try run(statement)
                statement = ""
            }
        }
        if !statement.isEmpty { try run(statement) }
    }

    /// Keeps all of it.
    ///
    /// - Throws: ``DataError``; nothing is kept then.
    public func commit() throws(DataError) { try run("commit") }

    private func answer(to statement: String) throws(DataError) -> Answer {
        do throws(ServerProblem) {
            return try connection.run(statement)
        } catch {
            throw error.error(source: name, timeout: Self.timeout)
        }
    }

    private func literal(_ value: Value, of column: String) throws(DataError) -> String {
        switch value {
        case .missing: return "NULL"
        case .boolean(let truth): return truth ? "true" : "false"
        case .integer(let whole): return "'\(whole)'"
        case .number(let number): return number.isFinite ? "'\(number)'" : "'\(number < 0 ? "-" : "")Infinity'"
        case .string(let text):
            guard !text.utf8.contains(0) else {
                throw DataError(
                    .wrongType,
                    "source '\(name)': a text of column '\(column)' holds a NUL character, which the "
                        + "server does not store")
            }
            return SQLText.literal(text)
        }
    }
}
