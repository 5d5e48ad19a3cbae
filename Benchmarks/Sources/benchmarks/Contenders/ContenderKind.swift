import SlipwayONNXRuntime

/// The libraries that are compared, each with what is asked of it.
enum ContenderKind: String, CaseIterable, Sendable {
    /// Slipway's own engine, reading ONNX.
    case slipway
    /// ONNX Runtime through its C interface.
    case onnxruntime
    /// LightGBM through its C interface.
    case lightgbm
    /// XGBoost through its C interface.
    case xgboost
    /// The C code that TL2cgen writes for a model, compiled.
    case tl2cgen
    /// Slipway's own engine, reading LightGBM's text.
    case slipwayText = "slipway-txt"
    /// Slipway's own engine, reading XGBoost's JSON.
    case slipwayJSON = "slipway-json"
    /// Slipway's own engine, reading XGBoost's UBJSON.
    case slipwayUBJSON = "slipway-ubj"
    /// Slipway's contributions of fields, for LightGBM's text.
    case contributionsOfText = "slipway-txt-contributions"
    /// Slipway's contributions of fields, for XGBoost's JSON.
    case contributionsOfJSON = "slipway-json-contributions"
    /// LightGBM's contributions through its C interface.
    case lightgbmContributions = "lightgbm-contributions"
    /// XGBoost's contributions through its C interface.
    case xgboostContributions = "xgboost-contributions"
    /// The contributions of shap's TreeExplainer, computed by its own C code.
    case shap

    /// The contenders that predict, each from the form of the model that it is known for.
    static let predicting: [ContenderKind] = [.slipway, .onnxruntime, .lightgbm, .xgboost, .tl2cgen]
    /// The files of other libraries that Slipway reads as they are, each with the library whose file it is.
    static let files: [(own: ContenderKind, library: ContenderKind)] = [
        (.slipwayText, .lightgbm), (.slipwayJSON, .xgboost), (.slipwayUBJSON, .xgboost),
    ]
    /// The contenders that explain a file, Slipway first.
    static let explaining: [[ContenderKind]] = [
        [.contributionsOfText, .lightgbmContributions, .shap], [.contributionsOfJSON, .xgboostContributions, .shap],
    ]

    /// The name in tables.
    var title: String {
        switch self {
        case .slipway, .slipwayText, .slipwayJSON, .slipwayUBJSON, .contributionsOfText, .contributionsOfJSON: "Slipway"
        case .onnxruntime: "ONNX Runtime"
        case .lightgbm, .lightgbmContributions: "LightGBM"
        case .xgboost, .xgboostContributions: "XGBoost"
        case .tl2cgen: "TL2cgen"
        case .shap: "shap"
        }
    }

    /// The file of a model's folder that is read.
    var fileName: String {
        switch self {
        case .slipway, .onnxruntime: "model.onnx"
        case .lightgbm, .slipwayText, .contributionsOfText, .lightgbmContributions: "model.txt"
        case .xgboost, .slipwayJSON, .contributionsOfJSON, .xgboostContributions: "model.json"
        case .slipwayUBJSON: "model.ubj"
        case .tl2cgen: "compiled.so"
        // One of the two files that boosting libraries write; what lies in every folder tells nothing.
        case .shap: "about.json"
        }
    }

    /// Opens the library itself, which is no part of loading a model.
    ///
    /// - Throws: ``BenchmarkProblem`` when the library is not there.
    func open(_ libraries: Libraries) throws {
        switch self {
        case .onnxruntime: _ = try RuntimeSession.library()
        case .lightgbm, .lightgbmContributions: _ = try libraries.library(.lightgbm)
        case .xgboost, .xgboostContributions: _ = try libraries.library(.xgboost)
        default: break
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
        case .slipwayText, .slipwayJSON, .slipwayUBJSON: return try NativeContender(subject, path: path)
        case .contributionsOfText, .contributionsOfJSON: return try ExplainingContender(subject, path: path)
        case .lightgbm: return try LightGBMContender(subject, path: path, library: libraries.library(.lightgbm))
        case .lightgbmContributions:
            return try LightGBMContender(subject, path: path, library: libraries.library(.lightgbm), explains: true)
        case .xgboost: return try XGBoostContender(subject, path: path, library: libraries.library(.xgboost))
        case .xgboostContributions:
            return try XGBoostExplainingContender(subject, path: path, library: libraries.library(.xgboost))
        case .shap: return try ShapContender(subject, folder: folder, environment: libraries.environment)
        default: return try CompiledContender(subject, library: DynamicLibrary(path))
        }
    }
}
