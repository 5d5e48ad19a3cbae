import Foundation
import SlipwayData

/// The folder of a project: where its file lies and where Slipway keeps what it makes.
struct ProjectFolder: Hashable, Sendable {
    /// The name of the folder that holds all that Slipway makes.
    static let stateFolderName = ".slipway"

    /// The absolute path of the folder.
    let path: String
    /// The project file as messages name it: relative to where the user is, when it lies near.
    let file: String

    /// Makes a folder that is known to hold a project file.
    init(path: String, file: String = ProjectConfiguration.fileName) {
        self.path = path
        self.file = file
    }

    /// The absolute path of the folder that holds all that Slipway makes.
    var statePath: String { absolutePath(of: Self.stateFolderName) }

    /// The absolute path of the SQLite file that keeps an environment's state.
    func storePath(environment: String) -> String {
        absolutePath(of: "\(Self.stateFolderName)/\(environment).db")
    }

    /// A path of the project file as an absolute one; an absolute path stays as it is, `~` is the home folder.
    func absolutePath(of path: String) -> String {
        let expanded = (path as NSString).expandingTildeInPath
        guard !expanded.hasPrefix("/") else { return expanded }
        return self.path.hasSuffix("/") ? self.path + expanded : "\(self.path)/\(expanded)"
    }

    /// A project name made of the folder's.
    var suggestedName: String { ResourceName.sanitized(path.split(separator: "/").last.map(String.init) ?? "") }
}
