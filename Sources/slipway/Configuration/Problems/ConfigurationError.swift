import SlipwayData

/// A project whose configuration cannot be used; it carries every problem that was found.
struct ConfigurationError: DescribedError, Equatable {
    /// The kinds of configuration failures.
    enum Code: String, Sendable, CaseIterable {
        /// The file has mistakes; ``ConfigurationError/problems`` lists them all.
        case invalid = "invalid_configuration"
        /// There is no project here.
        case notFound = "project_not_found"
        /// The file cannot be read.
        case unreadable
        /// A file or folder cannot be written.
        case unwritable
        /// A file that would be written exists already.
        case exists
        /// A referenced environment variable or secret file is absent.
        case unresolved = "unresolved_reference"
    }

    /// The most problems that a message spells out; the rest is counted.
    static let shownCountMax = 100

    /// The kind of the failure.
    var kind: Code
    /// What happened, in one sentence.
    var summary: String
    /// What to do about it, if anything can be said.
    var hint: String?
    /// The problems in the order of the file; empty when the failure is not about its content.
    var problems: [ConfigurationProblem]

    /// Makes an error that is not about the content of a file.
    init(_ kind: Code, _ summary: String, hint: String? = nil) {
        self.kind = kind
        self.summary = summary
        self.hint = hint
        problems = []
    }

    /// Makes an error of all problems of one file; repeated ones are listed once.
    init(_ kind: Code = .invalid, problems: [ConfigurationProblem], in file: String, hint: String? = nil) {
        self.kind = kind
        self.hint = hint
        var seen: Set<ConfigurationProblem> = []
        self.problems = problems.filter { seen.insert($0).inserted }.sorted {
            ($0.location.line, $0.location.column ?? 0) < ($1.location.line, $1.location.column ?? 0)
        }
        let count = self.problems.count
        summary = "\(file) has \(count == 1 ? "1 problem" : "\(count) problems")"
    }

    /// The bounded kind as text.
    var code: String { kind.rawValue }

    /// The summary, and below it the problems, one per line.
    var message: String {
        guard !problems.isEmpty else { return summary }
        return ([summary + ":"] + problemLines).joined(separator: "\n")
    }

    /// The problems, one per line, each led by its place.
    var problemLines: [String] {
        let shown = problems.prefix(Self.shownCountMax).map(\.description)
        let rest = problems.count - shown.count
        return rest > 0 ? shown + ["and \(rest) more"] : shown
    }
}
