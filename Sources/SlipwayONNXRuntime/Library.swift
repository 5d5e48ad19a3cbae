import CONNXRuntime
import Foundation
import SlipwayData

/// The ONNX Runtime library as found on this machine, or why it was not found.
///
/// It is searched once, at the first use of ``shared``, in this order:
/// 1. the file that the environment variable `SLIPWAY_ONNXRUNTIME` names; where it is set, nothing else is tried;
/// 2. `.deps/onnxruntime/lib/` in the current folder and its parents;
/// 3. `.deps/onnxruntime/lib/` in the folder of the running program and its parents;
/// 4. the system's own library folders.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = part.variable
    /// The folder that is searched for in the current folder, the program's folder, and the parents of both.
    public static let searchedFolder = part.folder
    private static let part = InstalledPart(variable: "SLIPWAY_ONNXRUNTIME", folder: ".deps/onnxruntime/lib")
    /// The file names tried, the tested version first.
    public static let fileNames = ["libonnxruntime.so.1.31.1", "libonnxruntime.so", "libonnxruntime.dylib"]

    /// The file that was opened, or `nil`.
    public let path: String?
    /// The version that the library states, or `nil`.
    public let version: String?
    /// Why there is no library and how to install it; `nil` when there is one.
    public let reason: String?
    let runtime: Runtime?

    /// Whether models can be run.
    public var isAvailable: Bool { runtime != nil }

    /// Searches and opens the library.
    ///
    /// - Parameter environment: The environment variables; only ``environmentVariable`` is read.
    public init(environment: [String: String]) {
        var failure = "The library ONNX Runtime was not found."
        for candidate in Library.candidates(environment: environment) {
            guard let handle = dlopen(candidate, RTLD_NOW | RTLD_LOCAL) else {
                if candidate == environment[Library.environmentVariable] {
                    failure = "\(Library.environmentVariable) names '\(candidate)', which cannot be opened."
                }
                continue
            }
            guard let base = Library.base(in: handle), let runtime = Runtime(table: ortTable(base)) else {
                failure = "The file '\(candidate)' is no ONNX Runtime of version 1.17 or later."
                dlclose(handle)
                continue
            }
            self.runtime = runtime
            path = candidate
            version = String(cString: ortVersion(base))
            reason = nil
            return
        }
        runtime = nil
        path = nil
        version = nil
        reason = "\(failure) Install it with dev/setup, or set \(Library.environmentVariable) to its file."
    }

    private static func base(in handle: UnsafeMutableRawPointer) -> UnsafePointer<OrtApiBase>? {
        dlsym(handle, "OrtGetApiBase").flatMap { ortApiBase($0) }
    }

    /// The files to try, in order.
    static func candidates(environment: [String: String]) -> [String] {
        if let named = part.named(in: environment) { return [named] }
        let found = part.searchedFolders.flatMap { folder in
            fileNames.map { "\(folder)/\($0)" }.filter(FileManager.default.fileExists)
        }
        return found + fileNames
    }
}
