import Foundation

/// A PostgreSQL of this process alone, in a folder of its own, reachable through a socket in that folder only.
///
/// It ends with the process, however that ends: it runs until its standard input is closed.
public final class PostgreSQLServer: Sendable {
    /// The server of this process, started at its first use.
    public static let shared = Result { try PostgreSQLServer() }

    /// How the server is reached.
    public let address: String
    private let folder: URL
    private let bin: String
    // Kept open as long as the server is to run; a line written to it stops and starts the server.
    private let life: FileHandle

    private struct Failure: Error {
        let words: String
    }

    /// Starts a server.
    public init() throws {
        let versions = try FileManager.default.contentsOfDirectory(atPath: Self.programs).sorted()
        guard let version = versions.last else { throw Failure(words: "PostgreSQL is not installed") }
        bin = "\(Self.programs)/\(version)/bin"
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
        try waitUntilReady()
        // Texts are ordered there as people do it, not as bytes.
        try run("create database people template template0 locale_provider icu icu_locale 'en' locale 'C'")
    }

    /// The URL of the database `people`, as a project file writes it.
    public var url: String { url(of: "people") }

    /// The URL of a database.
    public func url(of database: String) -> String {
        let host = folder.path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "postgres://slipway@\(host)/\(database)"
    }

    /// Runs statements in the database `people`, or another one.
    ///
    /// - Returns: The rows, cells between bars.
    @discardableResult
    public func run(_ sql: String, in database: String = "postgres") throws -> String {
        try start("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "slipway", "-d", database, "-c", sql])
    }

    /// Ends the server at once, as a machine does that loses its power; ``startAgain()`` brings it back.
    public func stop() throws {
        try life.write(contentsOf: Data("stop\n".utf8))
        try wait { !isReady }
    }

    /// Starts the server again on what it kept.
    public func startAgain() throws {
        try life.write(contentsOf: Data("start\n".utf8))
        try waitUntilReady()
    }

    private var isReady: Bool { (try? start("pg_isready", ["-q"])) != nil }

    private func waitUntilReady() throws { try wait { isReady } }

    private func wait(until condition: () -> Bool) throws {
        let end = ContinuousClock.now + .seconds(600)
        while .now < end {
            if condition() { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw Failure(words: "PostgreSQL did not start or stop in \(folder.path)")
    }

    private func start(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "\(bin)/\(program)")
        process.arguments = ["-h", folder.path] + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(words: "\(program): \(text)") }
        return text.trimmingCharacters(in: .newlines)
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
        start() {
            $as "$bin/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off -c jit=off &
            server=$!
        }
        start
        while read -r word; do
            case $word in
            stop) kill -QUIT $server; wait $server ;;
            start) start ;;
            esac
        done
        kill -QUIT $server
        wait $server
        rm -rf "$folder"
        """
}
