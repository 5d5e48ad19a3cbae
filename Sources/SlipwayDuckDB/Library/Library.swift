import CDuckDB
import Foundation
import SlipwayData

/// The DuckDB library as found on this machine, or why it was not found.
///
/// It is searched once, at the first use of ``shared``: see `OutsideLibrary` for where.
///
/// In a folder, a library of DuckDB's own (`libduckdb.so`) comes before the module of its Python package
/// (`_duckdb.cpython-311-….so`), which holds the same functions; the module needs the library of its Python beside it,
/// whose interpreter is never started.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = "SLIPWAY_DUCKDB"
    /// The folder that is searched for in the current folder, the program's folder, and the parents of both.
    public static let searchedFolder = ".deps/duckdb/lib"
    static let place = OutsideLibrary(
        title: "DuckDB", variable: environmentVariable, folder: searchedFolder, fileNames: fileNames,
        requirement: "DuckDB whose functions are known",
        choose: { names in
            fileNames.filter(names.contains) + names.filter { $0.hasPrefix(modulePrefix) }.sorted()
        }, prepare: { path in pythonLibrary(of: path).map { dlopen($0, RTLD_NOW | RTLD_GLOBAL) != nil } ?? true })
    private static let fileNames = ["libduckdb.so", "libduckdb.dylib"]
    /// What the name of the Python package's module begins with; the version of its Python follows.
    private static let modulePrefix = "_duckdb.cpython-"

    private let opened: OutsideLibrary.Opened<DuckFunctions>

    /// The file that was opened, or `nil`.
    public var path: String? { opened.path }
    /// The version that the library states, or `nil`.
    public var version: String? { opened.version }
    /// Why there is no library and how to install it; `nil` when there is one.
    public var reason: String? { opened.reason }
    var functions: DuckFunctions? { opened.functions }

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
        opened = Self.place.open(environment: environment) { handle in
            let table = UnsafeMutablePointer<DuckFunctions>.allocate(capacity: 1)
            defer { table.deallocate() }
            guard duckLoad(handle, table) == nil, ResultType.areKnown(to: table.pointee) else { return nil }
            return (table.pointee, table.pointee.library_version().map { String(cString: $0) })
        }
    }

    /// The library of the Python that a module belongs to, such as `libpython3.11.so.1.0`; `nil` for any other file.
    static func pythonLibrary(of path: String) -> String? {
        let name = (path as NSString).lastPathComponent
        guard name.hasPrefix(modulePrefix) else { return nil }
        let digits = name.dropFirst(modulePrefix.count).prefix { $0.isNumber }
        guard let major = digits.first, digits.count > 1 else { return nil }
        return "libpython\(major).\(digits.dropFirst()).so.1.0"
    }
}
