import Foundation
import SlipwayEngines
import SlipwayModel
import SlipwayTesting

/// One of the ONNX project's own test cases: a folder with a model and, per data set, its inputs and outputs.
struct ONNXCase {
    /// What came of a case.
    enum Outcome {
        case passed
        /// The reader or the engine says beforehand that it does not cover the case.
        case declined(String)
        case failed(String)
    }

    /// The folder in which Debian's package `libonnx-testdata` lays the cases down.
    static let root = URL(filePath: "/usr/share/libonnx-testdata/data")
    /// The folders of cases that are about operators; the others hold image networks.
    static let families = ["node", "simple", "pytorch-converted", "pytorch-operator"]
    static let isInstalled = FileManager.default.fileExists(atPath: root.path)
    /// The differences that ONNX's own runner allows.
    static let comparison = OutputComparison(relative: 1e-3, absolute: 1e-7)

    let folder: URL

    /// The cases of a family in the order of their names.
    static func all(in family: String) throws -> [ONNXCase] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: family), includingPropertiesForKeys: nil
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }.map(ONNXCase.init(folder:))
    }

    /// Runs all data sets of the case.
    func run() throws -> Outcome {
        let graph: Graph
        do {
            graph = try ONNXModel(contentsOf: folder.appending(path: "model.onnx").path).graph()
        } catch {
            return .declined("not read: \(error.message)")
        }
        if case .unsupported(let reasons) = NativeEngine().support(for: graph) { return .declined(reasons[0]) }
        for set in try files(in: folder, named: "test_data_set_") {
            guard let inputs = try tensors(in: set, named: "input_"),
                let outputs = try tensors(in: set, named: "output_")
            else { return .declined("not read: the data hold anything but tensors of types that are read") }
            if let problem = problem(of: graph, inputs, outputs) { return .failed(problem) }
        }
        return .passed
    }

    /// What is wrong with the answers of one data set.
    private func problem(of graph: Graph, _ inputs: [Tensor], _ outputs: [Tensor]) -> String? {
        let named = Dictionary(zip(graph.inputs.map(\.name), inputs), uniquingKeysWith: { first, _ in first })
        let expected = zip(graph.outputs, outputs).map { PredictorOutput(name: $0.name, tensor: $1) }
        do throws(ModelError) {
            return Self.comparison.difference(try NativeEngine().load(graph).predict(named), from: expected)
        } catch {
            return error.message
        }
    }

    private func files(in folder: URL, named prefix: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix(prefix) }
            .sorted { $0.lastPathComponent.localizedStandardCompare($1.lastPathComponent) == .orderedAscending }
    }

    /// The tensors of a data set in their order; `nil` when one of them is not read.
    private func tensors(in folder: URL, named prefix: String) throws -> [Tensor]? {
        let files = try files(in: folder, named: prefix)
        let tensors = files.compactMap { file in (try? Data(contentsOf: file)).flatMap { try? Tensor(onnx: $0) } }
        return tensors.count == files.count ? tensors : nil
    }
}
