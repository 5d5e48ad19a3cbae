import CDuckDB
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

extension TemporaryFolder {
    /// Writes a table `people` into a database file, which is made where it is not there.
    func makeDatabase(_ name: String, _ people: Table) throws {
        let functions = try Library.shared.required
        var database: OpaquePointer?
        var connection: OpaquePointer?
        var message: UnsafeMutablePointer<CChar>?
        try #require(functions.open_ext(path(name), &database, nil, &message) == DUCK_SUCCESS)
        defer { functions.close(&database) }
        try #require(functions.connect(database, &connection) == DUCK_SUCCESS)
        defer { functions.disconnect(&connection) }
        let columns = people.columns.map { "\(SQLText.name($0.name)) \($0.type.declaration)" }
        let rows = (0..<people.rowCount).map { row in
            "(\(people.row(row).map(\.literal).joined(separator: ", ")))"
        }
        for query in [
            "CREATE OR REPLACE TABLE people (\(columns.joined(separator: ", ")))",
            "INSERT INTO people VALUES \(rows.joined(separator: ", "))",
        ] {
            var statement: OpaquePointer?
            var result = duckdb_result()
            _ = functions.prepare(connection, query, &statement)
            let status = functions.execute_prepared_streaming(statement, &result)
            while case var chunk = functions.fetch_chunk(result), chunk != nil { functions.destroy_data_chunk(&chunk) }
            functions.destroy_result(&result)
            functions.destroy_prepare(&statement)
            try #require(status == DUCK_SUCCESS, "\(query)")
        }
    }
}

extension Value {
    fileprivate var literal: String {
        if isMissing { return "NULL" }
        return if case .string(let text) = self { SQLText.literal(text) } else { text }
    }
}

extension ColumnType {
    fileprivate var declaration: String {
        switch self {
        case .boolean: "BOOLEAN"
        case .integer: "BIGINT"
        case .number: "DOUBLE"
        case .string: "VARCHAR"
        }
    }
}
