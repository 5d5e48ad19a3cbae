import ArgumentParser

/// How a command shows its result.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON, for programs.") var json = false
}
