import Foundation

/// The revision of the code that a model was made with.
enum CodeRevision {
    /// The revision of the git work tree that a folder lies in, with `-dirty` where it has changes; `nil` without git.
    static func current(in folder: String) -> String? {
        guard let revision = git(["rev-parse", "HEAD"], in: folder), !revision.isEmpty else { return nil }
        let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder) ?? ""
        return changes.isEmpty ? revision : revision + "-dirty"
    }

    private static func git(_ arguments: [String], in folder: String) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
