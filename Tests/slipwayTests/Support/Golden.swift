import Foundation

/// Reads the checked-in texts that produced texts are compared with.
enum Golden {
    /// The text of a file in `Golden/`.
    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")
    }
}
