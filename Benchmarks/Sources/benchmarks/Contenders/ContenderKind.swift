import SlipwayONNXRuntime

/// The libraries that are compared.
enum ContenderKind: String, CaseIterable, Sendable {
    /// Slipway's own engine.
    case slipway
    /// ONNX Runtime through its C interface.
    case onnxruntime
    /// LightGBM through its C interface.
    case lightgbm
    /// XGBoost through its C interface.
    case xgboost
    /// The C code that TL2cgen writes for a model, compiled.
    case tl2cgen

    /// The name in tables.
    var title: String {
        switch self {
        case .slipway: "Slipway"
        case .onnxruntime: "ONNX Runtime"
        case .lightgbm: "LightGBM"
        case .xgboost: "XGBoost"
        case .tl2cgen: "TL2cgen"
        }
    }

    /// The file of a model's folder that the library reads.
    var fileName: String {
        switch self {
        case .slipway, .onnxruntime: "model.onnx"
        case .lightgbm: "model.txt"
        case .xgboost: "model.json"
        case .tl2cgen: "compiled.so"
        }
    }

    /// Opens the library itself, which is no part of loading a model.
    ///
    /// - Throws: ``BenchmarkProblem`` when the library is not there.
    func open(_ libraries: Libraries) throws {
        switch self {
        case .slipway, .tl2cgen: break
        case .onnxruntime: _ = try RuntimeSession.library()
        case .lightgbm: _ = try libraries.library(.lightgbm)
        case .xgboost: _ = try libraries.library(.xgboost)
        }
    }

    /// Loads a model and lays out its rows.
    ///
    /// - Throws: ``BenchmarkProblem`` or the library's own error when the library does not run the model.
    func load(_ subject: Subject, _ libraries: Libraries) throws -> any Contender {
        switch self {
        case .slipway: return try NativeContender(subject)
        case .onnxruntime: return try RuntimeContender(subject)
        default: break
        }
        guard let folder = subject.folder, subject.has(self) else {
            throw BenchmarkProblem("\(title) has no form of this model")
        }
        let path = "\(folder)/\(fileName)"
        switch self {
        case .lightgbm: return try LightGBMContender(subject, path: path, library: libraries.library(.lightgbm))
        case .xgboost: return try XGBoostContender(subject, path: path, library: libraries.library(.xgboost))
        default: return try CompiledContender(subject, library: DynamicLibrary(path))
        }
    }
}
