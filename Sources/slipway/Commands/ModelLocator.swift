import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// Finds the model that a MODEL argument means: a version in the registry, a package folder, or a model file.
struct ModelLocator {
    let text: String
    let options: ProjectOptions
    let environment: String
    var engine: String?
    let columns: [String]?
    /// The most threads that one call may use.
    var threads = 1

    /// Loads the model.
    ///
    /// - Parameter rows: The rows to score; a bare file takes the names of its fields from them, and without them from
    ///   the model itself.
    func model(rows: RowsFile?) throws -> Model { try loaded(rows: rows).model }

    /// Loads the model, and keeps what is needed to explain it.
    ///
    /// - Parameter rows: As for ``model(rows:)``.
    func loaded(rows: RowsFile?) throws -> LoadedModel {
        let engines = try Engines.named(engine, threads: threads)
        let (signature, graph, package, name) = try parts(rows: rows)
        let selector = package?.name == name ? nil : try? ModelReference(parsing: name).selector
        let version: Int? = if package != nil, case .number(let number)? = selector { number } else { nil }
        return LoadedModel(
            model: try Model(signature: signature, graph: graph, engines: engines), graph: graph, package: package,
            version: version)
    }

    /// The signature and the graph of the model, which no engine has loaded.
    func description(rows: RowsFile?) throws -> (signature: Signature, graph: Graph) {
        let (signature, graph, _, _) = try parts(rows: rows)
        return (signature, graph)
    }

    /// What a model is made of, and the name to call it by; only a pushed one has a package.
    ///
    /// A version goes by its full reference (`churn@3`), whether its number was asked for or found.
    func parts(rows: RowsFile?) throws -> (signature: Signature, graph: Graph, package: Package?, name: String) {
        var isFolder = ObjCBool(false)
        let exists = FileManager.default.fileExists(atPath: text, isDirectory: &isFolder)
        let manifest = "\(text)/\(PackageFile.manifest.rawValue)"
        if exists, isFolder.boolValue, FileManager.default.fileExists(atPath: manifest) {
            let package = try Package(at: text)
            return (package.signature, package.graph, package, package.name)
        }
        if (exists && !isFolder.boolValue) || ModelFile.endings.contains(where: text.hasSuffix) || text.contains("/") {
            let graph = try ONNXModel(bytes: try ModelFile.source(of: text).onnx).graph()
            return (try signature(of: graph, rows: rows), graph, nil, text)
        }
        let platform = try options.platform()
        let version = try platform.resolve(text, in: environment)
        let package = try platform.registry.package(of: version)
        return (package.signature, package.graph, package, version.reference)
    }

    /// The fields of a bare model: named by the columns of the rows, and each one optional, for nothing is known of it.
    private func signature(of graph: Graph, rows: RowsFile?) throws -> Signature {
        let options = SignatureOptions(columns: columns)
        var signature =
            if let rows {
                try Signature(deriving: graph, examples: rows.table(), options: options)
            } else {
                try Self.signature(of: graph, options: options)
            }
        for index in signature.inputs.indices {
            signature.inputs[index].categories = nil
            signature.inputs[index].minimum = nil
            signature.inputs[index].maximum = nil
        }
        return signature
    }

    /// The fields as the model itself or `--columns` names them.
    private static func signature(of graph: Graph, options: SignatureOptions) throws(ModelError) -> Signature {
        do {
            return try Signature(deriving: graph, options: options)
        } catch  where error.kind == .invalidSignature {
            throw ModelError(
                error.kind, error.message, hint: "Give rows with --rows, or the names of the fields with --columns.",
                field: error.field)
        }
    }
}
