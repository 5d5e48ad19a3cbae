import Foundation

/// A part from outside that `dev/setup` installs into a folder below `.deps`, wherever the program runs from.
///
/// It is searched in this order:
/// 1. where an environment variable says; where it is set, nothing else is tried;
/// 2. the folder below the current folder and its parents;
/// 3. the folder below that of the running program and its parents.
public struct InstalledPart: Sendable {
    /// The environment variable that names the part.
    public let variable: String
    /// The folder, such as `.deps/swagger-ui`.
    public let folder: String

    /// Makes a part.
    public init(variable: String, folder: String) {
        self.variable = variable
        self.folder = folder
    }

    /// What the environment variable says; `nil` where it is not set or empty.
    public func named(in environment: [String: String]) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The places where the folder may be, the first ones first; they need not be there.
    public var searchedFolders: [String] {
        let files = FileManager.default
        let program = (try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let starts = [files.currentDirectoryPath, (program as NSString).deletingLastPathComponent]
        return starts.flatMap(Self.parents).map { ($0 as NSString).appendingPathComponent(folder) }
    }

    /// A folder and all above it.
    private static func parents(of folder: String) -> [String] {
        var result = [folder]
        var current = folder as NSString
        while current.length > 1, current.deletingLastPathComponent != current as String {
            current = current.deletingLastPathComponent as NSString
            result.append(current as String)
        }
        return result
    }
}
