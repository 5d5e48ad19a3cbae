import ArgumentParser
import Foundation

/// Which project a command is about, and how it prints what it did.
struct ProjectOptions: ParsableArguments {
    @Option(help: "The project's folder; otherwise the current folder or the nearest one above with a slipway.yaml.")
    var project: String?

    @OptionGroup var output: OutputOptions

    /// Whether to print one JSON document instead of text.
    var json: Bool { output.json }

    /// Finds, reads, and checks the project.
    ///
    /// - Throws: ``ConfigurationError`` when there is none, or with all problems of its file.
    func load() throws(ConfigurationError) -> ProjectConfiguration {
        try ProjectConfiguration.load(from: ProjectFolder.find(in: project))
    }

    /// Opens the platform over the project, and says on standard error what the project asks for that does not run.
    func platform() throws -> Platform {
        let project = try load()
        for notice in project.notices { try Terminal.print("\(notice)", to: .error) }
        return try Platform(project: project)
    }

    /// Who is named in the audit log.
    static var actor: String {
        let environment = ProcessInfo.processInfo.environment
        // A variable may be set and blank; nobody is called that.
        let named = ["SLIPWAY_ACTOR", "USER", "LOGNAME"].lazy.compactMap { environment[$0] }
        return named.first { !$0.allSatisfy(\.isWhitespace) } ?? NSUserName()
    }
}
