import ArgumentParser

/// Which model a command runs, and with what.
struct ModelOptions: ParsableArguments {
    @OptionGroup var project: ProjectOptions
    @Argument(help: "A version (churn, churn@3), a package folder, or the path of a model file.") var model: String
    @Option(help: "The engine: native or onnxruntime; without it, the first one that runs the model.") var engine:
        String?
    @Option(help: "The fields of a single wide input in order, separated by commas.") var columns: NameList?
    @Option(help: "Where to look for the champion.") var environment = Platform.defaultEnvironment

    /// Whether to print one JSON document instead of text.
    var json: Bool { project.json }

    /// Finds the model.
    ///
    /// - Parameter threads: The most threads that one call may use.
    func locator(threads: Int = 1) -> ModelLocator {
        ModelLocator(
            text: model, options: project, environment: environment, engine: engine, columns: columns?.names,
            threads: threads)
    }
}
