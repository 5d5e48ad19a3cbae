import ArgumentParser
import Testing

@testable import slipway

struct HelpTextTests {
    private static func commands(below command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap(commands)
    }

    /// A help text is wrapped to the width of the terminal; a paragraph with line breaks of its own would be torn.
    @Test func aParagraphIsOneLine() {
        let commands = Self.commands(below: Slipway.self)
        #expect(commands.count > 20)
        for command in commands {
            let lines = command.configuration.discussion.split(separator: "\n", omittingEmptySubsequences: false)
            for (line, next) in zip(lines, lines.dropFirst()) where line.count > 60 && !line.hasPrefix(" ") {
                #expect(next.isEmpty || next.hasPrefix(" "), "\(command): \(line)")
            }
        }
    }
}
