import Foundation

/// A tool that counts events of a process: the processor's own counters where they can be read, else a simulation.
enum EventCounter: String, Sendable {
    /// `perf stat`: what the processor counted.
    case perf
    /// Valgrind's callgrind: instructions as executed, caches and branch predictor as simulated.
    case callgrind

    /// The rows in the batch that is counted; simulation is some fifty times slower than the machine.
    static let rowCount = 400

    /// The first tool that works here; `nil` when none does.
    static var available: EventCounter? {
        let trial = try? Program.run(["perf", "stat", "-x,", "-e", "instructions:u,branch-misses:u", "true"])
        if let trial, trial.status == 0, !trial.messages.contains("not supported"),
            !trial.messages.contains("not counted")
        {
            return .perf
        }
        return (try? Program.run(["valgrind", "--version"]))?.status == 0 ? .callgrind : nil
    }

    /// What a row costs a contender: the difference between processes that answer more and fewer rows.
    ///
    /// - Throws: ``BenchmarkProblem`` when the tool fails.
    func counts(_ kind: ContenderKind, folder: String, environment: String) throws -> EventCounts {
        let program = try program()
        defer { try? FileManager.default.removeItem(at: program.folder) }
        func events(batches: Int, passes: Int) throws -> [Double] {
            try counted([
                program.path, "repeat", "--model", folder, "--contender", kind.rawValue, "--environment", environment,
                "--rows", "\(Self.rowCount)", "--batches", "\(batches)", "--passes", "\(passes)",
            ])
        }
        let base = try events(batches: 1, passes: 1)
        return EventCounts(
            batch: Self.perRow(try events(batches: 2, passes: 1), base),
            single: Self.perRow(try events(batches: 1, passes: 2), base))
    }

    /// A copy of this program without debug information, which Valgrind cannot read where Swift wrote it.
    private func program() throws -> (path: String, folder: URL) {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "benchmarks").path
        let output = try Program.run(["strip", "-o", path, Program.own])
        guard output.status == 0 else { throw failure(output) }
        return (path, folder)
    }

    private static func perRow(_ more: [Double], _ base: [Double]) -> EventCounts.PerRow {
        let perRow = zip(more, base).map { ($0 - $1) / Double(rowCount) }
        return EventCounts.PerRow(instructions: perRow[0], branchMisses: perRow[1], cacheMisses: perRow[2])
    }

    /// Instructions, branch misses and cache misses of a whole process.
    private func counted(_ command: [String]) throws -> [Double] {
        switch self {
        case .perf:
            let events = ["instructions:u", "branch-misses:u", "cache-misses:u"]
            let output = try Program.run(["perf", "stat", "-x,", "-e", events.joined(separator: ",")] + command)
            let counts = events.map { event in
                output.messages.split(separator: "\n").first { $0.contains(event) }
                    .flatMap { $0.split(separator: ",").first }.flatMap { Double($0) }
            }
            guard output.status == 0, counts.allSatisfy({ $0 != nil }) else { throw failure(output) }
            return counts.compactMap(\.self)
        case .callgrind:
            let output = try Program.run(
                [
                    "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--cache-sim=yes",
                    "--branch-sim=yes",
                ] + command)
            func words(after label: String) -> [Substring] {
                let line = output.messages.split(separator: "\n").last { $0.contains(label) }
                return line?.split(separator: ":").last?.split(separator: " ") ?? []
            }
            let counts = Dictionary(
                zip(words(after: "Events "), words(after: "Collected ")).map { (String($0), Double($1) ?? 0) },
                uniquingKeysWith: { first, _ in first })
            guard output.status == 0, let instructions = counts["Ir"] else { throw failure(output) }
            func sum(_ names: String...) -> Double { names.reduce(0) { $0 + (counts[$1] ?? 0) } }
            return [instructions, sum("Bcm", "Bim"), sum("ILmr", "DLmr", "DLmw")]
        }
    }

    private func failure(_ output: Program.Output) -> BenchmarkProblem {
        BenchmarkProblem("\(rawValue) failed: \(output.messages.suffix(200))")
    }
}
