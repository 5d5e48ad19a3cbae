import Foundation

/// Where the libraries of other projects lie: in the Python packages that bring them.
struct Libraries {
    /// A library out of a Python package.
    enum Name: String {
        /// LightGBM.
        case lightgbm = "lightgbm/lib/lib_lightgbm.so"
        /// XGBoost.
        case xgboost = "xgboost/lib/libxgboost.so"
    }

    /// The virtual environment.
    let environment: String

    /// Opens a library.
    ///
    /// - Throws: ``BenchmarkProblem`` when it is not there.
    func library(_ name: Name) throws -> DynamicLibrary {
        let versions = try FileManager.default.contentsOfDirectory(atPath: "\(environment)/lib")
        for version in versions where version.hasPrefix("python3") {
            let path = "\(environment)/lib/\(version)/site-packages/\(name.rawValue)"
            if FileManager.default.fileExists(atPath: path) { return try DynamicLibrary(path) }
        }
        throw BenchmarkProblem("\(environment) holds no \(name.rawValue); dev/bench installs it")
    }
}
