import Foundation

/// What it costs to load a model: time, and memory that stays.
struct LoadCost: Codable, Sendable {
    /// The seconds from the file to a model that has answered its first row, the median over processes.
    var seconds: Double
    /// The memory that the process holds more than before, in bytes, after the allocator gave back what it could: the
    /// model, and what the library touched for the first time, its own code above all.
    var residentByteCount: Int
    /// The memory that one more copy of the model holds, in bytes: the model alone.
    var copyByteCount: Int
    /// The size of the file that was read, in bytes.
    var fileByteCount: Int

    /// The copies over which what one holds is averaged, so that whole pages do not count for a small model.
    private static let copyCount = 4

    /// Loads a model in fresh processes, one after another, so that nothing is warm and no memory is shared.
    ///
    /// - Throws: ``BenchmarkProblem`` when a process fails.
    static func measured(
        _ kind: ContenderKind, of subject: Subject, folder: String, environment: String, processes: Int
    ) throws -> LoadCost {
        var costs: [LoadCost] = []
        for _ in 0..<processes {
            let output = try Program.run(
                [Program.own, "load", "--model", folder, "--contender", kind.rawValue, "--environment", environment])
            guard output.status == 0 else { throw BenchmarkProblem("loading failed: \(output.messages.prefix(200))") }
            costs.append(try JSONDecoder().decode(LoadCost.self, from: Data(output.text.utf8)))
        }
        guard let seconds = Spread(costs.map(\.seconds)),
            let bytes = Spread(costs.map { Double($0.residentByteCount) }),
            let copies = Spread(costs.map { Double($0.copyByteCount) })
        else { throw BenchmarkProblem("no process was asked") }
        return LoadCost(
            seconds: seconds.median, residentByteCount: Int(bytes.median), copyByteCount: Int(copies.median),
            fileByteCount: subject.fileByteCount(kind) ?? 0)
    }

    /// Loads a model in this process.
    static func measuredHere(
        _ kind: ContenderKind, of subject: Subject, libraries: Libraries
    ) throws -> LoadCost {
        try kind.open(libraries)
        let before = try residentByteCount()
        let started = ContinuousClock.now
        let contender = try kind.load(subject, libraries)
        _ = try contender.predictRow(0)
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let after = try residentByteCount()
        var all = [contender]
        for _ in 0..<copyCount {
            all.append(try kind.load(subject, libraries))
            _ = try all[all.count - 1].predictRow(0)
        }
        let copies = try residentByteCount() - after
        for contender in all { _ = try contender.predictRow(0) }
        return LoadCost(
            seconds: seconds, residentByteCount: max(after - before, 0), copyByteCount: max(copies / copyCount, 0),
            fileByteCount: subject.fileByteCount(kind) ?? 0)
    }

    private static func residentByteCount() throws -> Int {
        // Not in Swift's view of the C library, and absent from other ones.
        if let symbol = dlsym(dlopen(nil, RTLD_NOW), "malloc_trim") {
            _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
        }
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize())
    }
}
