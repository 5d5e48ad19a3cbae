import CONNXRuntime
import Foundation
import SlipwayData

/// The ONNX Runtime library as found on this machine, or why it was not found.
///
/// It is searched once, at the first use of ``shared``: see `OutsideLibrary` for where.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = "SLIPWAY_ONNXRUNTIME"
    /// The folder that is searched for in the current folder, the program's folder, and the parents of both.
    public static let searchedFolder = ".deps/onnxruntime/lib"
    static let place = OutsideLibrary(
        title: "ONNX Runtime", variable: environmentVariable, folder: searchedFolder,
        fileNames: ["libonnxruntime.so.1.31.1", "libonnxruntime.so", "libonnxruntime.dylib"],
        requirement: "ONNX Runtime of version 1.17 or later")

    private let opened: OutsideLibrary.Opened<Runtime>

    /// The file that was opened, or `nil`.
    public var path: String? { opened.path }
    /// The version that the library states, or `nil`.
    public var version: String? { opened.version }
    /// Why there is no library and how to install it; `nil` when there is one.
    public var reason: String? { opened.reason }
    var runtime: Runtime? { opened.functions }

    /// Whether models can be run.
    public var isAvailable: Bool { runtime != nil }

    /// Searches and opens the library.
    ///
    /// - Parameter environment: The environment variables; only ``environmentVariable`` is read.
    public init(environment: [String: String]) {
        opened = Self.place.open(environment: environment) { handle in
            guard let base = dlsym(handle, "OrtGetApiBase").flatMap({ ortApiBase($0) }),
                let runtime = Runtime(table: ortTable(base))
            else { return nil }
            return (runtime, String(cString: ortVersion(base)))
        }
    }
}
