import CPostgreSQL
public import SlipwayData
import SlipwaySQL

/// A PostgreSQL database whose tables are written, all in one transaction; used by one thread.
public final class PostgreSQLTables {
    /// The longest that all of it may take.
    public static let timeout = Duration.seconds(86_400)
    /// The longest that the server may take to let the client in.
    private static let connectTimeout = Duration.seconds(10)

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

    /// Adds rows to a table with the same columns, by `COPY`.
    ///
    /// - Throws: ``DataError``; `wrongType` for a text with a NUL character, which the server does not hold.
    public func insert(_ rows: Table, into table: String) throws(DataError) {
        var text = CopyText()
        var failure: DataError?
        var row = 0
        let pieces = sequence(state: ()) { _ -> [UInt8]? in
            while failure == nil, text.bytes.count < CopyText.pieceByteCount, row < rows.rowCount {
                do throws(SQLError) { try text.add(rows.row(row)) } catch { failure = self.refusal(of: row, in: rows) }
                row += 1
            }
            return failure == nil && !text.bytes.isEmpty ? text.take() : nil
        }
        do throws(ServerProblem) {
            try connection.copy("COPY \(table) FROM STDIN", pieces: pieces)
        } catch {
            throw error.error(source: name, timeout: Self.timeout)
        }
        // What was copied before goes with the transaction.
        if let failure { throw failure }
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

    private func refusal(of row: Int, in rows: Table) -> DataError {
        let column = rows.columns.first { column in
            if case .string(let text) = column[row] { text.utf8.contains(0) } else { false }
        }
        return DataError(
            .wrongType,
            "source '\(name)': a text of column '\(column?.name ?? "")' holds a NUL character, which the server does not "
                + "store")
    }
}
