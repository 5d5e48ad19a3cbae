import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayEngines
import SlipwayPostgreSQL

extension Platform {
    /// The dialect of a source whose tables can be written.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` for another kind of source.
    func writableDialect(of name: String) throws -> SQLDialect {
        switch try project.source(named: name).kind {
        case .duckdb: return .duckdb
        case .sqlite: return .sqlite
        case .postgres: return .postgres
        case .csv, .files, .http, .s3:
            throw DataError(
                .unwritable, "the source '\(name)' has no tables that can be written",
                hint: "Name a source of type duckdb, sqlite, or postgres, or an object of one of type s3, "
                    + "as \(name)#scores.parquet.")
        }
    }

    /// Whether two sources are one place.
    func isSamePlace(_ name: String, _ other: String) throws -> Bool {
        func address(_ name: String) throws -> String {
            let address = try project.address(
                of: project.source(named: name), environment: ProcessInfo.processInfo.environment)
            return URL(filePath: address).resolvingSymlinksInPath().standardizedFileURL.path
        }
        return try name == other || address(name) == address(other)
    }

    /// Opens a source's database to write tables.
    func tables(of name: String) throws -> any TableWriting {
        let source = try project.source(named: name)
        let address = try project.address(of: source, environment: ProcessInfo.processInfo.environment)
        switch try writableDialect(of: name) {
        case .duckdb: return try DuckDBTables(name: name, path: address, use: source.databaseUse)
        case .sqlite: return try SQLiteTables(name: name, path: address)
        case .postgres, .spark: return try PostgreSQLTables(name: name, address: address)
        }
    }
}

extension SQLiteTables: TableReading {}
extension DuckDBTables: TableReading {}
extension PostgreSQLTables: TableWriting {}
