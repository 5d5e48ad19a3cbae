import Foundation

/// A shared library of another project that is opened while the program runs, which so runs without it as well.
///
/// It is searched in this order:
/// 1. the file that an environment variable names; where it is set, nothing else is tried;
/// 2. the folder that `dev/setup` fills, if there is one for it; see ``InstalledPart`` for where;
/// 3. the system's own library folders.
package struct OutsideLibrary: Sendable {
    /// What people call it, such as `DuckDB`.
    let title: String
    /// The environment variable that names the library's file.
    package let variable: String
    /// The folder that `dev/setup` fills, such as `.deps/duckdb/lib`; `nil` for what the system installs.
    package let folder: String?
    /// The file names tried, the tested version first.
    package let fileNames: [String]
    /// What a file must be, such as `ONNX Runtime of version 1.17 or later`.
    let requirement: String
    /// How it is installed, behind the words "Install it".
    let remedy: String
    /// Of the names of a folder's files those to try, the first ones first.
    let choose: @Sendable ([String]) -> [String]
    /// Opens a library that a file needs before it; whether the file can be opened now.
    let prepare: @Sendable (String) -> Bool

    /// Describes a library.
    package init(
        title: String, variable: String, folder: String? = nil, fileNames: [String], requirement: String,
        remedy: String = "with dev/setup", choose: (@Sendable ([String]) -> [String])? = nil,
        prepare: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.title = title
        self.variable = variable
        self.folder = folder
        self.fileNames = fileNames
        self.requirement = requirement
        self.remedy = remedy
        self.choose = choose ?? { names in fileNames.filter(names.contains) }
        self.prepare = prepare
    }

    /// A library as found on this machine, or why it was not found.
    package struct Opened<Functions: Sendable>: Sendable {
        /// The file that was opened, or `nil`.
        package let path: String?
        /// The version that the library states, or `nil`.
        package let version: String?
        /// Its functions, or `nil`.
        package let functions: Functions?
        /// Why there is no library and how to install it; `nil` when there is one.
        package let reason: String?
    }

    /// Searches and opens the library.
    ///
    /// A file that proves to be another library stays open: what its start left behind cannot be taken back.
    ///
    /// - Parameters:
    ///   - environment: The environment variables; only the library's own is read.
    ///   - bind: Finds the functions in an opened file; `nil` where they are not all there.
    package func open<Functions>(
        environment: [String: String],
        _ bind: (UnsafeMutableRawPointer) -> (functions: Functions, version: String?)?
    ) -> Opened<Functions> {
        var failure = "The library \(title) was not found."
        for candidate in candidates(environment: environment) {
            guard prepare(candidate), let handle = dlopen(candidate, RTLD_NOW | RTLD_LOCAL) else {
                if FileManager.default.fileExists(atPath: candidate) {
                    let cause = dlerror().map { ": \(String(cString: $0))" } ?? ""
                    failure = "The file '\(candidate)' cannot be opened\(cause)."
                } else if environment[variable] == candidate {
                    failure = "\(variable) names '\(candidate)', which is not there."
                }
                continue
            }
            if let (functions, version) = bind(handle) {
                return Opened(path: candidate, version: version, functions: functions, reason: nil)
            }
            failure = "The file '\(candidate)' is no \(requirement)."
        }
        return Opened(
            path: nil, version: nil, functions: nil,
            reason: "\(failure) Install it \(remedy), or set \(variable) to its file.")
    }

    /// The files to try, in order.
    package func candidates(environment: [String: String]) -> [String] {
        if let named = environment[variable], !named.isEmpty { return [named] }
        guard let folder else { return fileNames }
        let found = InstalledPart(variable: variable, folder: folder).searchedFolders.flatMap { folder in
            choose((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
        }
        return found + fileNames
    }
}
