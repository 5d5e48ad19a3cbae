import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// Finds the model that a MODEL argument means: a version in the registry, a package folder, or a model file.
struct ModelLocator {
    let text: String
    let options: ProjectOptions
    let environment: String
    let engine: String?
    let columns: String?

    /// Loads the model.
    ///
    /// - Parameter rows: The rows to score; a bare file takes the names of its fields from them.
    func model(rows: RowsFile) throws -> Model {
        let engines = try Engines.named(engine)
        var isFolder = ObjCBool(false)
        let exists = FileManager.default.fileExists(atPath: text, isDirectory: &isFolder)
        let manifest = "\(text)/\(PackageFile.manifest.rawValue)"
        if exists, isFolder.boolValue, FileManager.default.fileExists(atPath: manifest) {
            return try Package(at: text).load(with: engines)
        }
        if (exists && !isFolder.boolValue) || ModelFile.endings.contains(where: text.hasSuffix) || text.contains("/") {
            let graph = try ONNXModel(bytes: try ModelFile.source(of: text).onnx).graph()
            return try Model(signature: try signature(of: graph, rows: rows), graph: graph, engines: engines)
        }
        let platform = try options.platform()
        let version = try platform.resolve(text, in: environment)
        return try platform.registry.package(of: version).load(with: engines)
    }

    /// The fields of a bare model: named by the columns of the rows, and each one optional, for nothing is known of it.
    private func signature(of graph: Graph, rows: RowsFile) throws -> Signature {
        let header = try rows.table()
        let names = columns.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        var signature = try Signature(
            deriving: graph, examples: header, options: SignatureOptions(columns: names))
        for index in signature.inputs.indices {
            signature.inputs[index].categories = nil
            signature.inputs[index].minimum = nil
            signature.inputs[index].maximum = nil
        }
        return signature
    }
}
