import Foundation
import SlipwayData
import SlipwayModel

@testable import SlipwayEngines

/// A real database, started once for many queries by `dev/references/run_sql.py`.
struct SQLDatabase {
    let dialect: SQLDialect

    /// What a query answered: its columns and rows of cells as text, or the words of the error.
    struct Answer: Decodable {
        var columns: [String]?
        var rows: [[String?]]?
        var error: String?
    }

    private struct Request: Encodable {
        struct Column: Encodable {
            var name: String
            var type: String
        }

        var name: String
        var columns: [Column]
        var rows: [[String?]]
        var query: String
    }

    /// Whether the database is installed here.
    static func isInstalled(_ dialect: SQLDialect) -> Bool {
        switch dialect {
        case .postgres: FileManager.default.fileExists(atPath: "/usr/lib/postgresql")
        case .duckdb: (try? run(["python3", "-c", "import duckdb"], input: Data())) != nil
        case .sqlite: (try? run(["python3", "-c", "import sqlite3"], input: Data())) != nil
        case .spark: false
        }
    }

    /// Runs queries, each over the rows of its trial.
    func answers(to queries: [(trial: SQLTrial, text: String)]) throws -> [String: Answer] {
        let requests = queries.map { trial, text in
            Request(
                name: trial.name,
                columns: trial.signature.inputs.map { field in
                    .init(name: field.name, type: Self.typeName(of: field.elementType))
                },
                rows: trial.rows.map { row in row.map(Self.text) }, query: text)
        }
        let script = Self.root.appending(path: "dev/references/run_sql.py").path
        let output = try Self.run(["python3", script, dialect.rawValue], input: JSONEncoder().encode(requests))
        return try JSONDecoder().decode([String: Answer].self, from: output)
    }

    private static let root: URL = {
        var url = URL(filePath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url
    }()

    private static func typeName(of type: ElementType) -> String {
        switch type.expressionKind {
        case .number: "number"
        case .whole: "whole"
        case .text: "text"
        case .truth: "truth"
        }
    }

    private static func text(of cell: Value) -> String? {
        switch cell {
        case .missing: nil
        case .number(let number): "\(number)"
        case .integer(let whole): "\(whole)"
        case .boolean(let truth): "\(truth)"
        case .string(let text): text
        }
    }

    private struct Failure: Error {
        let status: Int32
    }

    /// Runs a program; input and output pass through files, so that neither can fill a pipe.
    private static func run(_ command: [String], input: Data) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-sql-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (source, sink) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try input.write(to: source)
        try Data().write(to: sink)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: sink)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return try Data(contentsOf: sink)
    }
}
