import Foundation

/// A server of this process alone that speaks S3, on a free port of this machine, with a folder of its own.
///
/// It ends with the process, however that ends: it runs until its standard input is closed.
public final class S3Server: Sendable {
    /// The programs that there are.
    public enum Program: String, CaseIterable, Sendable {
        /// Checks signatures, and keeps objects as plain files; knows no conditional writes.
        case rclone
        /// Knows conditional writes and lists unfinished uploads; does not look at signatures.
        case moto
    }

    /// The keys that are let in.
    public static let (accessKey, secretKey) = ("AKIDEXAMPLE", "secret/of+tests=")
    /// The only bucket.
    public static let bucket = "shop-data"

    private static let rclone = Result { try S3Server(.rclone) }
    private static let moto = Result { try S3Server(.moto) }

    /// Where it listens.
    public let url: String
    /// Where rclone keeps its objects as files, below a folder for each bucket.
    public let folder: String
    private let life: FileHandle

    private struct Failure: Error {
        let words: String
    }

    /// Starts a server with an empty bucket.
    public init(_ program: Program) throws {
        let bin = URL(filePath: #filePath).appending(path: "../../../../.venv-s3/bin").standardizedFileURL.path
        let place = FileManager.default.temporaryDirectory.appending(path: "slipway-s3-\(UUID().uuidString.prefix(8))")
        folder = place.appending(path: "objects").path
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(Self.bucket)", withIntermediateDirectories: true)
        let pipe = Pipe()
        life = pipe.fileHandleForWriting
        // A child that kept the end for writing would keep the server running.
        _ = fcntl(life.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let command =
            switch program {
            case .rclone:
                // With 0s, which sees files at once, writes to one folder at the same time forget it without an end.
                [
                    "\(bin)/rclone", "--config", "\(place.path)/none", "serve", "s3", "--addr", "127.0.0.1:0",
                    "--auth-key", "\(Self.accessKey),\(Self.secretKey)", "--dir-cache-time", "1s", folder,
                ]
            case .moto: ["\(bin)/python", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
            }
        process.arguments = ["-c", Self.script, "sh", place.path] + command
        process.standardInput = pipe.fileHandleForReading
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        url = try Self.address(in: "\(place.path)/log")
        if program == .moto { try Self.makeBucket(at: url) }
    }

    /// The server of a program that all tests share, started at its first use.
    public static func shared(_ program: Program) throws -> S3Server {
        switch program {
        case .rclone: try rclone.get()
        case .moto: try moto.get()
        }
    }

    /// Where the log says that it listens.
    private static func address(in log: String) throws -> String {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let place = text.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/) { return String(place.output) }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw Failure(words: "no server that speaks S3 is there; run dev/setup")
    }

    private static func makeBucket(at url: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "curl", "-sf", "-X", "PUT", "\(url)/\(bucket)", "-H",
            "Authorization: AWS4-HMAC-SHA256 Credential=x/20260301/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(words: "the server makes no bucket") }
    }

    private static let script = """
        folder=$1
        shift
        "$@" >"$folder/log" 2>&1 </dev/null &
        server=$!
        cat >/dev/null
        kill $server
        wait $server
        rm -rf "$folder"
        """
}
