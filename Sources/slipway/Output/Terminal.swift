import Foundation
import SlipwayData

/// Writes to standard output and standard error.
enum Terminal {
    /// The two streams of a command.
    enum Stream: Int32, Sendable {
        /// What the user asked for.
        case output = 1
        /// Errors, notices, and progress.
        case error = 2
    }

    /// Writes text as it stands.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`, say when the disk behind a redirection is full.
    static func write(_ text: String, to stream: Stream = .output) throws(DataError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(stream.rawValue, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw DataError(
                    .unwritable, "the output cannot be written: \(String(cString: strerror(errno)))",
                    hint: "Check the file or program that the output goes to.")
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Writes one line.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    static func print(_ line: String = "", to stream: Stream = .output) throws(DataError) {
        try write(line + "\n", to: stream)
    }

    /// Writes a document for programs, indented.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    static func print(_ document: JSONValue) throws(DataError) {
        try write(document.text(style: .indented) + "\n")
    }

    /// Writes what went wrong to standard error, as text or as a document for programs; where even that fails, there
    /// is nobody left to tell.
    static func print(_ report: ErrorReport, asDocument: Bool = false) {
        let text =
            asDocument ? report.document.text(style: .indented) + "\n" : report.text(isColored: usesColor(.error))
        try? write(text, to: .error)
    }

    /// Whether a person watches a stream.
    static func isInteractive(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    /// Whether a stream takes color: a terminal, unless the environment sets `NO_COLOR` or is a dumb one.
    static func usesColor(
        _ stream: Stream, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        isInteractive(stream) && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}
