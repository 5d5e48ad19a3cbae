import Foundation
import SlipwayData
import Testing

/// A project about customers who leave, in a folder of its own, with the models of `Tests/Fixtures/telco`.
struct TelcoProject {
    /// The project's folder.
    let path: String
    /// A folder for what belongs to the test and not to the project.
    let scratch: String
    /// What every command finds in its environment.
    var environment: [String: String] = [:]

    /// Runs a body with a fresh project, which is deleted afterwards.
    ///
    /// - Parameter train: The lines of the shell script that trains; the default leaves the good model.
    static func with<Result>(
        train: String = "cp good.onnx \"$SLIPWAY_MODEL_OUTPUT\"", timeout: String = "10m",
        _ body: (TelcoProject) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder { folder in
            try with(at: "\(folder)/telco", scratch: folder, train: train, timeout: timeout, body)
        }
    }

    /// Runs a body with a project in a given folder.
    static func with<Result>(
        at path: String, scratch: String, train: String = "cp good.onnx \"$SLIPWAY_MODEL_OUTPUT\"",
        timeout: String = "10m", _ body: (TelcoProject) throws -> Result
    ) throws -> Result {
        let project = TelcoProject(path: path, scratch: scratch)
        try FileManager.default.createDirectory(atPath: "\(path)/data", withIntermediateDirectories: true)
        for name in ["good.onnx", "other.onnx", "weak.onnx", "strict.onnx", "wide.onnx", "pooled.onnx", "rows.csv"] {
            try project.write(try fixture(name), to: name)
        }
        try project.write(try fixture("customers.csv"), to: "data/customers.csv")
        try project.write(settings.replacing("TIMEOUT", with: timeout), to: "slipway.yaml")
        try project.write(train + "\n", to: "train.sh")
        return try body(project)
    }

    /// Runs a command to its end.
    @discardableResult
    func slipway(_ arguments: String...) throws -> SlipwayProcess.Outcome { try start(arguments).wait() }

    /// Starts a command, with more in its environment than the project's own.
    func start(_ arguments: [String], environment more: [String: String] = [:]) throws -> SlipwayProcess {
        try SlipwayProcess(
            arguments, in: path, environment: environment.merging(more) { $1 }, scratch: scratch)
    }

    /// Runs a command that must succeed.
    @discardableResult
    func done(_ arguments: String..., sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
        -> SlipwayProcess.Outcome
    {
        let outcome = try start(arguments).wait()
        #expect(outcome.status == 0, "\(outcome.messages)", sourceLocation: sourceLocation)
        return outcome
    }

    /// Runs a command that must fail with code 1, a message, and nothing on standard output; gives the message.
    @discardableResult
    func refusal(_ arguments: String..., sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> String {
        let outcome = try start(arguments).wait()
        #expect(outcome.status == 1 && !outcome.isSignalled, "\(outcome.messages)", sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        #expect(outcome.messages.contains("error: "), sourceLocation: sourceLocation)
        return outcome.messages
    }

    /// Pushes the good model with examples and makes it champion of production.
    func promoteGoodModel() throws {
        try done("model", "push", "good.onnx", "--name", "churn", "--examples", "rows.csv", "--target", "churn")
        try done("model", "promote", "churn@1", "--to", "production")
    }

    /// Writes a file of the project.
    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    /// Writes a file of the project.
    func write(_ bytes: Data, to name: String) throws { try bytes.write(to: URL(filePath: "\(path)/\(name)")) }

    /// The text of a file of the project; `nil` when it is not there.
    func text(of name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names in a folder of the project, sorted; empty when it is not there.
    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
    }

    /// What the registry and the packages folder hold, to be compared before and after something that must not touch
    /// them.
    func registryState() throws -> [String] {
        let versions = try done("model", "list", "--json").output
        let audit = try done("model", "audit", "--json").output
        return [versions, audit] + names(in: ".slipway/packages")
    }

    /// The bytes of a file in `Tests/Fixtures/telco`.
    static func fixture(_ name: String) throws -> Data {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Data(contentsOf: tests.appending(path: "Fixtures/telco/\(name)"))
    }

    private static let settings = """
        project: telco
        environments:
          test: { store: sqlite }
          production: { store: sqlite }
        sources:
          files: { type: csv, path: data }
        features:
          customers:
            from: files
            query: select customer_id, tenure, contract, internet_service, monthly_charges from customers
            key: customer_id
        models:
          churn:
            features: customers
            target: churn
            positive_class: "Yes"
            train:
              command: [sh, train.sh]
              data: { from: files, query: select * from customers }
              timeout: TIMEOUT
            gate:
              - { metric: roc_auc, at_least: 0.70 }
              - { metric: roc_auc, not_worse_than_champion: 0.05 }

        """
}
