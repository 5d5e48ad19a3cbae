import Foundation
import Testing

@testable import SlipwayPostgreSQL

/// A PostgreSQL of this process alone, in a folder of its own, reachable through a socket in that folder only.
///
/// It ends with the process, however that ends: it runs until its standard input is closed.
final class PostgreSQLServer: Sendable {
    /// The server of this process, started at its first use.
    static let shared = Result { try PostgreSQLServer() }

    /// How the server is reached.
    let address: String
    private let folder: URL
    // Kept open as long as the server is to run; it is never written to or read.
    private let life: FileHandle

    private struct Failure: Error {
        let words: String
    }

    /// Starts a server.
    init() throws {
        let versions = try FileManager.default.contentsOfDirectory(atPath: Self.programs).sorted()
        guard let version = versions.last else { throw Failure(words: "PostgreSQL is not installed") }
        let bin = "\(Self.programs)/\(version)/bin"
        folder = FileManager.default.temporaryDirectory.appending(path: "slipway-pg-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pipe = Pipe()
        life = pipe.fileHandleForWriting
        // A child that kept the end for writing would keep the server running.
        _ = fcntl(life.fileDescriptor, F_SETFD, FD_CLOEXEC)
        address = "host=\(folder.path) user=slipway dbname=postgres"
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", bin, folder.path]
        process.standardInput = pipe.fileHandleForReading
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning, .now < end {
            if (try? connect()) != nil { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw Failure(words: "PostgreSQL did not start in \(folder.path)")
    }

    /// A connection that may write.
    func connect() throws -> Connection {
        let functions = try #require(Library.shared.functions)
        return try Connection(to: address, until: .now + .seconds(60), functions: functions)
    }

    private static let programs = "/usr/lib/postgresql"

    /// PostgreSQL does not run as root, who hands it to another user.
    private static let script = """
        bin=$1 folder=$2 as=
        if [ "$(id -u)" = 0 ]; then
            chown postgres "$folder"
            as="setpriv --reuid=postgres --regid=postgres --clear-groups"
        fi
        cd "$folder"
        $as "$bin/initdb" -D data -U slipway -A trust -E UTF8 --locale=C --no-sync || exit 1
        $as "$bin/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off -c jit=off &
        server=$!
        cat >/dev/null
        kill -QUIT $server
        wait $server
        rm -rf "$folder"
        """
}
