import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayPostgreSQL
import SlipwayTesting

/// A database of each kind whose tables are written, as a source `warehouse` of a project.
enum WrittenDatabase: String, CaseIterable, Sendable {
    case sqlite, duckdb, postgres

    /// Names the database as the project's source `warehouse`; one in PostgreSQL is made for it.
    func add(to project: TelcoProject) throws -> any DataSource {
        let settings = project.text(of: "slipway.yaml") ?? ""
        let path = "\(project.path)/warehouse.db"
        var line = "  warehouse: { type: \(rawValue), path: warehouse.db }"
        var source: any DataSource = SQLiteSource(name: "warehouse", path: path)
        switch self {
        case .sqlite: break
        case .duckdb: source = DuckDBSource(name: "warehouse", path: path)
        case .postgres:
            let server = try PostgreSQLServer.shared.get()
            let name = "w\(UUID().uuidString.prefix(8).lowercased())"
            try server.run("create database \(name)")
            line = "  warehouse: { type: postgres, url: \"\(server.url(of: name))\" }"
            source = PostgreSQLSource(name: "warehouse", address: server.url(of: name))
        }
        try project.write(settings.replacing("sources:\n", with: "sources:\n\(line)\n"), to: "slipway.yaml")
        return source
    }
}
