import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayEngines
import SlipwayPostgreSQL

/// A table of a source of the project, written as `warehouse#customers`.
struct TablePlace: Equatable {
    /// The name of the source.
    let source: String
    /// The table, with its schema before a dot where it has one.
    let table: String

    /// Reads a place; `nil` for the path of a file.
    init?(_ text: String) {
        let sides = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, ResourceName.isValid(sides[0]), !sides[1].isEmpty, !sides[1].hasPrefix(".") else {
            return nil
        }
        (source, table) = (sides[0], sides[1])
    }

    /// The table as statements have it.
    var quotedTable: String {
        table.split(separator: ".", maxSplits: 1).map { SQLText.name(String($0)) }.joined(separator: ".")
    }
}

extension Platform {
    /// The dialect of a source whose tables can be written.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` for another kind of source.
    func writableDialect(of name: String) throws -> SQLDialect {
        switch try project.source(named: name).kind {
        case .duckdb: return .duckdb
        case .sqlite: return .sqlite
        case .postgres: return .postgres
        case .csv, .files, .http:
            throw DataError(
                .unwritable, "the source '\(name)' has no tables that can be written",
                hint: "Name a source of type duckdb, sqlite, or postgres.")
        }
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
