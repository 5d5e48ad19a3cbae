import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

/// Model files of every format with some of their bytes changed, all the way from reader to answer.
///
/// `SLIPWAY_LONG_SECONDS` lets each format go on for so long with seeds from the clock. The seed of the file at hand is
/// kept in a file, so that it is known after a crash too, and `SLIPWAY_SEED` repeats it.
@Suite(.serialized)
struct ModelFileFuzzTests {
    /// The files per format in a short run.
    private static let fileCount: UInt64 = 150
    /// The largest file that is mutated; larger ones hold more of the same.
    private static let byteCountMax = 60_000
    /// How long a small file may take in a debug build, on a busy machine.
    private static let secondsMax = 20.0
    /// By how much one small file may raise the peak of memory.
    private static let memoryMax = 1 << 30

    private static let environment = ProcessInfo.processInfo.environment
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fixtures").standardizedFileURL

    @Test(arguments: ["onnx", "txt", "json", "ubj"])
    func aMutatedFileIsAnsweredOrRefusedInBoundedTimeAndMemory(_ suffix: String) throws {
        let files = try Self.files(suffix)
        #expect(files.count > 10)
        if let seed = Self.environment["SLIPWAY_SEED"].flatMap(UInt64.init) { return try check(seed, files, suffix) }
        guard let seconds = Self.environment["SLIPWAY_LONG_SECONDS"].flatMap(Double.init) else {
            for seed in 0..<Self.fileCount { try check(seed, files, suffix) }
            return
        }
        let start = Date()
        let first = UInt64(start.timeIntervalSince1970 * 1000) << 20
        var seed = first
        while Date().timeIntervalSince(start) < seconds {
            try check(seed, files, suffix)
            seed += 1
        }
        print("\(suffix): \(seed - first) mutated files from SLIPWAY_SEED=\(first)")
    }

    private func check(_ seed: UInt64, _ files: [[UInt8]], _ suffix: String) throws {
        try Self.keep("SLIPWAY_SEED=\(seed) \(suffix)\n")
        var mutator = FileMutator(seed: seed, isText: suffix == "txt" || suffix == "json")
        let bytes = Data(mutator.mutated(files))
        let (start, peak) = (Date(), Self.peakByteCount)
        do throws(ModelError) {
            try answer(bytes)
        } catch {
            #expect(!error.message.isEmpty, "SLIPWAY_SEED=\(seed) \(suffix)")
        }
        #expect(Date().timeIntervalSince(start) < Self.secondsMax, "SLIPWAY_SEED=\(seed) \(suffix)")
        #expect(Self.peakByteCount - peak < Self.memoryMax, "SLIPWAY_SEED=\(seed) \(suffix)")
    }

    private func answer(_ bytes: Data) throws(ModelError) {
        let graph = try ONNXModel(bytes: ModelSource(bytes: bytes).onnx).graph()
        let signature = try Signature(deriving: graph)
        let engine = NativeEngine()
        guard engine.support(for: graph).isSupported else { return }
        let model = try Model(signature: signature, graph: graph, engines: [engine])
        _ = try model.predict(rows: [signature.blankRow, signature.blankRow])
    }

    private static func files(_ suffix: String) throws -> [[UInt8]] {
        let walk = FileManager.default.enumerator(at: fixtures, includingPropertiesForKeys: nil)
        let all = (walk?.allObjects as? [URL] ?? []).filter { $0.pathExtension == suffix }
        // JSON files beside models hold rows and answers.
        return try all.filter { suffix != "json" || $0.lastPathComponent == "model.json" }
            .sorted { $0.path < $1.path }.map { try [UInt8](Data(contentsOf: $0)) }
            .filter { $0.count <= byteCountMax }
    }

    /// Writes the seed at hand where `dev/check --long` finds it.
    private static func keep(_ text: String) throws {
        guard let path = environment["SLIPWAY_SEED_FILE"] else { return }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// The most memory that the process has had, in bytes.
    private static var peakByteCount: Int {
        var usage = rusage()
        // RUSAGE_SELF, which is of another type on each system.
        getrusage(0, &usage)
        #if os(Linux)
            return usage.ru_maxrss * 1024
        #else
            return usage.ru_maxrss
        #endif
    }
}
