import ArgumentParser
import Foundation
import SlipwayTesting

/// Times Slipway beside other libraries, in one process and one run, on the same rows.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Time Slipway beside other libraries, on the same rows in one run.",
        discussion: """
            A ratio says how many times as long as Slipway a library took in the same round: above 1, Slipway was faster.
            Every round asks each contender in turn and begins with another one. Everything runs on one thread.
            """)

    @Option(help: "The folder that models.py filled.") var models: String
    @Option(help: "The folder of the fixture set; without it, that table is left out.") var fixtures: String?
    @Option(help: "The virtual environment with the libraries.") var environment: String
    @Option(help: "Only these models or fixtures, by name (several times); 'fixtures' for the fixture set.")
    var only: [String] = []
    @Flag(help: "A short run: shorter rounds, fewer loads, only every fifth fixture.") var quick = false
    @Flag(help: "Count instructions, branch misses and cache misses as well; slow where they must be simulated.")
    var count = false
    @Option(help: "The number of rounds, at least 7.") var rounds = 9
    @Option(help: "The rows of a batch.") var rows = 10_000
    @Option(help: "The rows that are explained.") var explainedRows = 200
    @Option(help: "Write the tables between the marks of this document.") var markdown: String?
    @Flag(help: "Print one JSON document in place of the tables.") var json = false

    func validate() throws {
        if rounds < 7 { throw ValidationError("fewer than 7 rounds say too little of the spread") }
    }

    func run() throws {
        let race = Race(rounds: quick ? 7 : rounds, budget: quick ? 0.02 : 0.1)
        let counter = count ? EventCounter.available : nil
        if count, counter == nil { say("neither perf nor valgrind works here; nothing is counted") }
        var report = Report(
            machine: Machine(environment: environment), rounds: race.rounds, counter: counter?.rawValue)
        for folder in try modelFolders() {
            report.subjects.append(try comparison(folder, race: race, counter: counter))
            report.files += try files(folder, race: race)
            report.explanations += try explanations(folder, race: race)
        }
        if let fixtures {
            report.fixtures = try fixtureSet(in: fixtures, race: Race(rounds: race.rounds, budget: race.budget / 10))
        }
        if let markdown { try MarkedSection.write(report.markdown, to: markdown) }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            print(report.markdown)
        }
    }

    /// The folders of the models asked for, the first of which are the ones that people look for first.
    private func modelFolders() throws -> [String] {
        let order = ["headline", "shallow", "multiclass", "boosted", "forest", "logistic", "network"]
        let found = try FileManager.default.contentsOfDirectory(atPath: models).filter {
            FileManager.default.fileExists(atPath: "\(models)/\($0)/about.json")
        }
        let unknown = only.filter { $0 != "fixtures" && !found.contains($0) && !hasFixture($0) }
        guard unknown.isEmpty else {
            throw BenchmarkProblem("there is no fixture and no model '\(unknown[0])'; models are \(found.sorted())")
        }
        let ordered = order.filter(found.contains) + found.filter { !order.contains($0) }.sorted()
        return ordered.filter { only.isEmpty || only.contains($0) }.map { "\(models)/\($0)" }
    }

    private func comparison(_ folder: String, race: Race, counter: EventCounter?) throws -> Comparison {
        let subject = try Subject(generatedIn: folder, rowCount: rows)
        say("\(subject.name): \(subject.title)")
        let kinds = ContenderKind.predicting
        var comparison = try Comparison(
            of: subject, among: kinds, libraries: Libraries(environment: environment), race: race)
        for kind in kinds {
            guard var entry = comparison[kind] else { continue }
            entry.load = try LoadCost.measured(
                kind, of: subject, folder: folder, environment: environment, processes: quick ? 3 : 7)
            do {
                entry.events = try counter?.counts(kind, folder: folder, environment: environment)
            } catch {
                say("\(kind.title) is not counted: \(error)")
            }
            comparison[kind] = entry
        }
        return comparison
    }

    /// Each file that Slipway reads as another library wrote it, beside that library.
    private func files(_ folder: String, race: Race) throws -> [Comparison] {
        let subject = try Subject(generatedIn: folder, rowCount: rows)
        return try ContenderKind.files.filter { subject.has($0.own) }.map { own, library in
            var comparison = try Comparison(
                of: subject, among: [own, library], own: own, libraries: Libraries(environment: environment), race: race
            )
            comparison[own]?.load = try LoadCost.measured(
                own, of: subject, folder: folder, environment: environment, processes: quick ? 3 : 7)
            return comparison
        }
    }

    /// The contributions of fields, for the files that count their training rows.
    private func explanations(_ folder: String, race: Race) throws -> [Comparison] {
        let subject = try Subject(generatedIn: folder, rowCount: quick ? 40 : explainedRows)
        return try ContenderKind.explaining.filter { subject.has($0[0]) }.map { kinds in
            try Comparison(
                of: subject, among: kinds, own: kinds[0], libraries: Libraries(environment: environment), race: race)
        }
    }

    private func hasFixture(_ name: String) -> Bool {
        fixtures.map { FileManager.default.fileExists(atPath: "\($0)/\(name)/model.onnx") } ?? false
    }

    /// The whole set, of a quick run every fifth, or those that are named.
    private func fixtureSet(in folder: String, race: Race) throws -> [Comparison] {
        let wantsSet = only.isEmpty || only.contains("fixtures")
        guard wantsSet || only.contains(where: hasFixture) else { return [] }
        let all = try EngineFixture.all(in: URL(filePath: folder))
        let chosen = all.enumerated().filter { index, fixture in
            only.contains(fixture.name) || wantsSet && (!quick || index.isMultiple(of: 5))
        }.map(\.element)
        say("\(chosen.count) models of the fixture set")
        return chosen.compactMap { fixture in
            do {
                let subject = try Subject(fixture: fixture, folder: folder, rowCount: 1_000)
                return try Comparison(
                    of: subject, among: [.slipway, .onnxruntime], libraries: Libraries(environment: environment),
                    race: race)
            } catch {
                say("\(fixture.name) is left out: \(error)")
                return nil
            }
        }
    }

    private func say(_ line: String) { FileHandle.standardError.write(Data("benchmarks: \(line)\n".utf8)) }
}
