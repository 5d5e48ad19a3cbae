import Foundation

/// The part of a document that a tool writes and people do not.
enum MarkedSection {
    /// The line before it.
    static let begin = "<!-- begin: written by dev/bench --write -->"
    /// The line after it.
    static let end = "<!-- end: written by dev/bench --write -->"

    /// Puts text between the marks of a document, or writes the document anew where there are none.
    ///
    /// - Throws: When the file cannot be written.
    static func write(_ text: String, to path: String) throws {
        let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "\(begin)\n\(end)\n"
        guard let start = old.range(of: begin), let finish = old.range(of: end, range: start.upperBound..<old.endIndex)
        else { throw BenchmarkProblem("\(path) holds no marks '\(begin)' and '\(end)'") }
        let new = old[..<start.upperBound] + "\n\n" + text + "\n" + old[finish.lowerBound...]
        try String(new).write(toFile: path, atomically: true, encoding: .utf8)
    }
}
