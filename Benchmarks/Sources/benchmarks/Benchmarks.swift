import ArgumentParser
import SlipwayEngines

/// Compares Slipway with other libraries that answer the same models.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Compares Slipway with other libraries that answer the same models.",
        subcommands: [CompareCommand.self, LoadCommand.self, RepeatCommand.self], defaultSubcommand: CompareCommand.self
    )

    static func main() {
        // As the program `slipway` does.
        ProcessHeap.settle()
        main(nil)
    }
}
