import ArgumentParser
import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel

/// Writes a model in a form that something else can run.
struct ExportCommand: AsyncParsableCommand {
    /// The forms in which a model leaves.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case sql, onnx
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a model as a SQL query, or as its ONNX file.",
        discussion: """
            Examples:
              slipway model export churn --format sql --dialect postgres --table customers --keys customer_id
              slipway model export churn@3 --format sql --dialect duckdb --table rows --to churn.sql
              slipway model export churn@3 --format onnx --to churn.onnx

            The query reads the columns that the model's fields name and gives the outputs as `slipway score` names \
            them, behind the columns of --keys. NULL is what a missing cell is everywhere else.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "A version (churn, churn@3), a package folder, or the path of a model file.") var model: String
    @Option(help: "What to write: sql or onnx.") var format: Format
    @Option(help: "The database of a query: postgres, duckdb, sqlite or spark.", transform: SQLDialect.init(argument:))
    var dialect: SQLDialect?
    @Option(help: "The table or view that a query reads, with its schema if it needs one.") var table = "rows"
    @Option(help: "Columns of the table to keep in the answer, separated by commas.") var keys: NameList?
    @Option(help: "The fields of a bare file's single wide input in order, separated by commas.") var columns: NameList?
    @Option(name: .customLong("to"), help: "The file to write; without it, standard output.") var destination: String?
    @Option(help: "Where to look for the champion.") var environment = Platform.defaultEnvironment

    func validate() throws {
        guard format == .sql else {
            guard dialect == nil, keys == nil else {
                throw ValidationError("--dialect and --keys go with --format sql")
            }
            guard destination != nil else {
                throw ValidationError("--format onnx needs --to: an ONNX file is no text for a terminal")
            }
            return
        }
        guard dialect != nil else {
            let known = SQLDialect.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--format sql needs --dialect: \(known)")
        }
        guard !table.isEmpty else { throw ValidationError("--table is empty") }
    }

    func run() async throws {
        let exported = try exportedModel()
        let bytes: [UInt8]
        if format == .sql, let dialect {
            bytes = Array(try query(of: exported, for: dialect).utf8)
        } else {
            bytes = Array(exported.graph.source)
        }
        guard let destination, destination != "-" else {
            return try Terminal.write(String(decoding: bytes, as: UTF8.self))
        }
        try AtomicFile.write(bytes, to: destination)
        if options.json {
            try Terminal.print(
                .object([
                    "model": .string(exported.name), "format": .string(format.rawValue),
                    "bytes": .integer(Int64(bytes.count)), "to": .string(destination),
                ]))
        } else {
            try Terminal.print("\(exported.name) written to \(destination), \(CountText.text(bytes.count)) bytes")
        }
    }

    private func query(of exported: ExportedModel, for dialect: SQLDialect) throws -> String {
        let kept = keys?.names ?? []
        let notes = [
            "\(exported.name), digest \(exported.digest), as a query for \(dialect.title).",
            "It reads the columns that are the model's fields from \(table), and answers with one row per row there.",
            kept.isEmpty
                ? "Name columns with --keys to keep them beside the answers, such as the key of the table."
                : "It keeps \(kept.joined(separator: ", ")).",
            "NULL in a field is a missing value to the model; where the model refuses a row, the answers are NULL.",
        ]
        return try SQLCompiler(dialect).compile(
            exported.graph, signature: exported.signature, from: table, keys: kept, notes: notes)
    }

    private func exportedModel() throws -> ExportedModel {
        let locator = ModelLocator(
            text: model, options: options, environment: environment, engine: nil, columns: columns?.names)
        return try locator.exported()
    }
}

extension SQLDialect {
    /// The dialect that an argument names.
    fileprivate init(argument: String) throws {
        guard let dialect = SQLDialect(rawValue: argument) else {
            let known = SQLDialect.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(argument)' is none of \(known)")
        }
        self = dialect
    }
}

/// A model with what its export says of it.
private struct ExportedModel {
    let name: String
    let digest: String
    let graph: Graph
    let signature: Signature
}

extension ModelLocator {
    /// Finds the model without loading it into an engine.
    fileprivate func exported() throws -> ExportedModel {
        let (signature, graph, package, name) = try parts(rows: nil)
        let digest = package?.digest ?? SHA256Digest(of: graph.source)
        return ExportedModel(name: name, digest: "\(digest)", graph: graph, signature: signature)
    }
}
