import ArgumentParser
import SlipwayData

/// `slipway init`: starts a project.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Start a project in a folder.",
        discussion: """
            Writes slipway.yaml, a few example rows, README.md and .gitignore. Files that are there already stay as \
            they are; a folder with a slipway.yaml is refused.

            EXAMPLE
              slipway init telco
            """)

    @Argument(help: "The folder; it is made when it does not exist.") var directory = "."
    @OptionGroup var output: OutputOptions

    func run() throws {
        let outcome = try ProjectStarter(directory: directory).start()
        if output.json {
            try Terminal.print(outcome.document)
        } else {
            try Terminal.write(outcome.text(directory: directory))
        }
    }
}

extension ProjectStarter.Outcome {
    /// What was done and what to do next, for programs.
    fileprivate var document: JSONValue {
        .object([
            "project": .string(name),
            "folder": .string(folder.path),
            "created": .array(created.map(JSONValue.string)),
            "kept": .array(kept.map(JSONValue.string)),
            "next": .array(ProjectTemplate.firstSteps.flatMap(\.commands).map(JSONValue.string)),
        ])
    }

    /// What was done and what to do next, for people.
    fileprivate func text(directory: String) -> String {
        var lines = ["Project \(name) is ready in \(folder.path)."]
        lines += created.map { "  made  \($0)" }
        lines += kept.map { "  kept  \($0), which was there before" }
        if kept.contains(".gitignore") { lines.append("Add the line .slipway/ to .gitignore if it is not there.") }
        lines += ["", "Next:"]
        let entering = [(purpose: "Go to the project", commands: ["cd \(directory.shellWord)"])]
        let steps = (directory == "." ? [] : entering) + ProjectTemplate.firstSteps
        for (index, step) in steps.enumerated() {
            lines.append("\(index + 1). \(step.purpose):")
            lines += step.commands.map { "     \($0)" }
        }
        lines.append("\(steps.count + 1). \(ProjectTemplate.lastStep).")
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    /// The text as one word of a shell, without quotes where it needs none.
    fileprivate var shellWord: String {
        let isPlain = !isEmpty && allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "_-./~".contains($0) }
        return isPlain ? self : shellQuoted
    }
}
