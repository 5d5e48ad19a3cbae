import ArgumentParser

/// Which project a command is about.
struct ProjectOptions: ParsableArguments {
    @Option(help: "The project's folder; otherwise the current folder or the nearest one above with a slipway.yaml.")
    var project: String?

    /// Finds, reads, and checks the project.
    ///
    /// - Throws: ``ConfigurationError`` when there is none, or with all problems of its file.
    func load() throws(ConfigurationError) -> ProjectConfiguration {
        try ProjectConfiguration.load(from: ProjectFolder.find(in: project))
    }
}
