import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// Registers a model file as the next version of a model.
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Package a model file and register it as the next version.",
        discussion: """
            Examples:
              slipway model push churn.onnx --name churn --examples rows.csv --target churn
              slipway model push lightgbm.txt --name churn

            The format is told by the content: \(ModelFormat.phrase).
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The model file.") var file: String
    @Option(help: "The name of the model.") var name: String
    @Option(help: "A CSV file with rows that the model can predict; with the target, versions are judged by it.")
    var examples: String?
    @Option(help: "The column of the true outcome in the examples.") var target: String?
    @Option(help: "The fields of a single wide input in order, separated by commas.") var columns: NameList?

    func run() async throws {
        let platform = try options.platform()
        let configured = platform.project.models[name]
        let key = configured?.features.flatMap { platform.project.features[$0]?.key }
        var signature = configured?.signatureOptions(key: key) ?? SignatureOptions()
        if let target { signature.target = target }
        if let columns { signature.columns = columns.names }
        if examples == nil, target == nil { signature.target = nil }
        let source = try ModelFile.source(of: file)
        let rows = try examples.map { try RowsFile(path: $0).examples(for: source.onnx, options: signature) }
        var lineage = Lineage(
            origin: .push, source: (file as NSString).lastPathComponent,
            codeRevision: CodeRevision.current(in: platform.project.folder.path))
        lineage.note(source)
        let pushed = try platform.registry.push(
            Submission(
                name: name, model: source.onnx, examples: rows, options: signature, lineage: lineage,
                notes: configured?.notes ?? ModelNotes()),
            by: ProjectOptions.actor)
        try report(pushed)
        if pushed.checks.contains(where: \.isFailed) { throw ExitCode(Slipway.failedStatus) }
    }

    private func report(_ pushed: Registry.Push) throws {
        if options.json {
            var members = VersionText.json(of: pushed.version)
            members["new"] = .boolean(pushed.isNew)
            members["checks"] = CheckText.json(of: pushed.checks)
            try Terminal.print(.object(members))
            return
        }
        let verb = pushed.isNew ? "registered" : "already registered"
        try Terminal.print("\(pushed.version.reference) \(verb), package \(pushed.version.digest.short)")
        try Terminal.print(CheckText.table(of: pushed.checks))
        if !pushed.checks.contains(where: \.isFailed) {
            try Terminal.print("Next: slipway model promote \(pushed.version.reference) --to production")
        }
    }
}
