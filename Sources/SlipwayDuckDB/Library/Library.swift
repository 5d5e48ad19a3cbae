import CDuckDB
import Foundation
import SlipwayData

/// The DuckDB library as found on this machine, or why it was not found.
///
/// It is searched once, at the first use of ``shared``, in this order:
/// 1. the file that the environment variable `SLIPWAY_DUCKDB` names; where it is set, nothing else is tried;
/// 2. `.deps/duckdb/lib/` in the current folder and its parents;
/// 3. `.deps/duckdb/lib/` in the folder of the running program and its parents;
/// 4. the system's own library folders.
///
/// In a folder, a library of DuckDB's own (`libduckdb.so`) comes before the module of its Python package
/// (`_duckdb.cpython-311-….so`), which holds the same functions; the module needs the library of its Python beside it,
/// whose interpreter is never started.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = part.variable
    /// The folder that is searched for in the current folder, the program's folder, and the parents of both.
    public static let searchedFolder = part.folder
    private static let part = InstalledPart(variable: "SLIPWAY_DUCKDB", folder: ".deps/duckdb/lib")
    /// The names of DuckDB's own library.
    static let fileNames = ["libduckdb.so", "libduckdb.dylib"]
    /// What the name of the Python package's module begins with; the version of its Python follows.
    static let modulePrefix = "_duckdb.cpython-"

    /// The file that was opened, or `nil`.
    public let path: String?
    /// The version that the library states, or `nil`.
    public let version: String?
    /// Why there is no library and how to install it; `nil` when there is one.
    public let reason: String?
    let functions: DuckFunctions?

    /// Whether there is a library.
    public var isAvailable: Bool { functions != nil }

    /// The functions.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` where there is no library.
    var required: DuckFunctions {
        get throws(DataError) {
            guard let functions else { throw DataError(.unreadable, reason ?? "") }
            return functions
        }
    }

    /// Searches and opens the library.
    ///
    /// - Parameter environment: The environment variables; only ``environmentVariable`` is read.
    public init(environment: [String: String]) {
        var failure = "The library DuckDB was not found."
        for candidate in Self.candidates(environment: environment) {
            guard let handle = Self.open(candidate) else {
                if FileManager.default.fileExists(atPath: candidate) {
                    failure = "The file '\(candidate)' cannot be opened\(Self.cause())."
                } else if candidate == environment[Self.environmentVariable] {
                    failure = "\(Self.environmentVariable) names '\(candidate)', which is not there."
                }
                continue
            }
            guard let functions = Self.functions(in: handle) else {
                failure = "The file '\(candidate)' is no DuckDB whose functions are known."
                continue
            }
            self.functions = functions
            path = candidate
            version = functions.library_version().map { String(cString: $0) }
            reason = nil
            return
        }
        functions = nil
        path = nil
        version = nil
        reason = "\(failure) Install it with dev/setup, or set \(Self.environmentVariable) to its file."
    }

    private static func open(_ path: String) -> UnsafeMutableRawPointer? {
        if let python = pythonLibrary(of: path), dlopen(python, RTLD_NOW | RTLD_GLOBAL) == nil { return nil }
        return dlopen(path, RTLD_NOW | RTLD_LOCAL)
    }

    /// What the system says of the last file that it could not open.
    private static func cause() -> String { dlerror().map { ": \(String(cString: $0))" } ?? "" }

    private static func functions(in handle: UnsafeMutableRawPointer) -> DuckFunctions? {
        let table = UnsafeMutablePointer<DuckFunctions>.allocate(capacity: 1)
        defer { table.deallocate() }
        guard duckLoad(handle, table) == nil else { return nil }
        return ResultType.areKnown(to: table.pointee) ? table.pointee : nil
    }

    /// The library of the Python that a module belongs to, such as `libpython3.11.so.1.0`; `nil` for any other file.
    static func pythonLibrary(of path: String) -> String? {
        let name = (path as NSString).lastPathComponent
        guard name.hasPrefix(modulePrefix) else { return nil }
        let digits = name.dropFirst(modulePrefix.count).prefix { $0.isNumber }
        guard let major = digits.first, digits.count > 1 else { return nil }
        return "libpython\(major).\(digits.dropFirst()).so.1.0"
    }

    /// The files to try, in order.
    static func candidates(environment: [String: String]) -> [String] {
        if let named = part.named(in: environment) { return [named] }
        let found = part.searchedFolders.flatMap { folder -> [String] in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return (fileNames.filter(names.contains) + names.filter { $0.hasPrefix(modulePrefix) }.sorted())
                .map { "\(folder)/\($0)" }
        }
        return found + fileNames
    }
}
