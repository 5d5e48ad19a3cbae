import ArgumentParser
import SlipwayPipelines

/// Whose runs a command is about.
struct RunOptions: ParsableArguments {
    @OptionGroup var project: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment

    /// Whether to print one JSON document instead of text.
    var json: Bool { project.json }

    /// Opens the runs.
    func runs() throws -> Platform.Runs { try project.platform().runs(of: environment) }

    /// Prints one run.
    func show(_ run: Run, of runs: Platform.Runs) throws {
        if json {
            try Terminal.print(RunText.json(of: run, in: runs))
        } else {
            try Terminal.print(RunText.text(of: run, in: runs))
        }
    }
}
