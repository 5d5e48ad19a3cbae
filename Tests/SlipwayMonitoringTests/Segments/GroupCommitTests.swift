import Dispatch
import SlipwayData
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayMonitoring

struct GroupCommitTests {
    /// A disk whose writes wait for leave, and which is full for lines that say so.
    private final class SlowDisk: Sendable {
        private struct State {
            var writes: [String] = []
            var begun = 0
        }

        private let state = Mutex(State())
        private let leave: DispatchSemaphore?

        init(waitsForLeave: Bool = false) { leave = waitsForLeave ? DispatchSemaphore(value: 0) : nil }

        var writes: [String] { state.withLock { $0.writes } }
        var begunCount: Int { state.withLock { $0.begun } }

        func write(_ lines: SegmentLines) throws(LogError) {
            state.withLock { $0.begun += 1 }
            leave?.wait()
            let text = String(decoding: lines.bytes, as: UTF8.self)
            guard !text.contains("full") else { throw LogError(.noSpace, "no space for \(text)") }
            state.withLock { $0.writes.append(text) }
        }

        func giveLeave(_ count: Int = 1) { for _ in 0..<count { leave?.signal() } }
    }

    private static func lines(_ text: String) -> SegmentLines {
        SegmentLines(bytes: Array(text.utf8), span: TimeWindow(from: SampleRecords.start, until: SampleRecords.start))
    }

    private static func lines(of record: PredictionRecord) throws -> SegmentLines {
        var bytes: [UInt8] = []
        try SegmentLine.write(record, into: &bytes)
        return SegmentLines(bytes: bytes, span: TimeWindow(from: record.time, until: record.time))
    }

    /// Threads that may block, as those of the tests' own tasks may not.
    private final class Threads: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    private static func start(_ text: String, in commit: GroupCommit) -> Task<LogError?, Never> {
        Task.detached(executorPreference: Threads()) {
            do throws(LogError) {
                try await commit.append(lines(text))
                return nil
            } catch {
                return error
            }
        }
    }

    private static func wait(until isTrue: () -> Bool) async throws {
        while !isTrue() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func aLoneCallIsWrittenAtOnceAndByItself() async throws {
        let disk = SlowDisk()
        let commit = GroupCommit { (lines) throws(LogError) in try disk.write(lines) }
        for number in 0..<10 {
            try await commit.append(Self.lines("\(number)"))
            #expect(disk.writes.count == number + 1)
        }
        #expect(disk.writes == (0..<10).map(String.init))
    }

    @Test func whatComesDuringAWriteIsWrittenTogether() async throws {
        let disk = SlowDisk(waitsForLeave: true)
        let commit = GroupCommit { (lines) throws(LogError) in try disk.write(lines) }
        let first = Self.start("first;", in: commit)
        try await Self.wait { disk.begunCount == 1 }
        let others = (0..<5).map { Self.start("\($0);", in: commit) }
        try await Self.wait { commit.waitingByteCount == 10 }
        disk.giveLeave(2)
        for task in [first] + others { #expect(await task.value == nil) }
        #expect(disk.writes.count == 2)
        #expect(disk.writes[0] == "first;")
        #expect(disk.writes[1].split(separator: ";").sorted() == ["0", "1", "2", "3", "4"])
        #expect(commit.waitingByteCount == 0)
    }

    @Test func aReturnMeansThatTheOwnLinesAreWritten() async throws {
        let disk = SlowDisk()
        let commit = GroupCommit { (lines) throws(LogError) in try disk.write(lines) }
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try? await commit.append(Self.lines("<\(number)>"))
                    return disk.writes.contains { $0.contains("<\(number)>") }
                }
            }
            for await isWritten in group { #expect(isWritten) }
        }
        let written = disk.writes.joined()
        #expect((0..<200).allSatisfy { written.contains("<\($0)>") })
        #expect(written.count { $0 == "<" } == 200)
    }

    @Test func beyondTheLimitACallIsRefusedAndNothingOfItIsWritten() async throws {
        let disk = SlowDisk(waitsForLeave: true)
        let commit = GroupCommit(queueByteCountMax: 10) { (lines) throws(LogError) in try disk.write(lines) }
        let first = Self.start("first", in: commit)
        try await Self.wait { disk.begunCount == 1 }
        // Alone in the queue, even a call beyond the limit is taken: it must be written some day.
        let large = Self.start("larger than all", in: commit)
        try await Self.wait { commit.waitingByteCount == 15 }
        let refused = await Self.start("refused", in: commit).value
        #expect(refused?.kind == .overloaded)
        disk.giveLeave(2)
        #expect(await first.value == nil)
        #expect(await large.value == nil)
        #expect(disk.writes == ["first", "larger than all"])
        disk.giveLeave()
        try await commit.append(Self.lines("again"))
        #expect(disk.writes.last == "again")
    }

    @Test func whatDoesNotFitTheDiskDoesNotTakeOthersWithIt() async throws {
        let disk = SlowDisk(waitsForLeave: true)
        let commit = GroupCommit { (lines) throws(LogError) in try disk.write(lines) }
        let first = Self.start("first", in: commit)
        try await Self.wait { disk.begunCount == 1 }
        let small = Self.start("small", in: commit)
        try await Self.wait { commit.waitingByteCount == 5 }
        let full = Self.start("full", in: commit)
        try await Self.wait { commit.waitingByteCount == 9 }
        disk.giveLeave(4)
        #expect(await first.value == nil)
        #expect(await small.value == nil)
        #expect(await full.value?.kind == .noSpace)
        #expect(disk.writes == ["first", "small"])
    }

    @Test(.enabled(if: FullDisk.isPossible, "mounting a small file system needs root"))
    func onAFullDiskTheLogHoldsWhatWasAnsweredAndNothingElse() async throws {
        let temporary = try TemporaryFolder()
        let disk = try FullDisk(at: temporary.path, byteCount: 64 << 10)
        let folder = try SampleRecords.folder(in: temporary)
        let writer = try PredictionLogWriter(folder: folder)
        let commit = GroupCommit { (lines) throws(LogError) in try writer.append(lines) }
        let answered = await withTaskGroup(of: [PredictionID].self) { group in
            for caller in 0..<8 {
                group.addTask {
                    var answered: [PredictionID] = []
                    for number in 0..<200 {
                        let record = SampleRecords.prediction(caller * 200 + number)
                        guard (try? await commit.append(Self.lines(of: record))) != nil else { continue }
                        answered.append(record.id)
                    }
                    return answered
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(answered.count > 50 && answered.count < 1_600)
        let read = try SampleRecords.readAll(folder)
        #expect(Set(read.records.map(\.id)) == Set(answered))
        #expect(read.records.count == answered.count)
        #expect(read.summary.corruptLineCount == 0 && read.summary.tornLineCount == 0)
        try disk.grow(toByteCount: 128 << 10)
        try await commit.append(Self.lines(of: SampleRecords.prediction(2_000)))
        #expect(try SampleRecords.readAll(folder).records.count == answered.count + 1)
    }

    @Test func manyCallersLoseNothingAndRepeatNothing() async throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        let writer = try PredictionLogWriter(folder: folder, limits: SegmentLimits(byteCountMax: 20_000))
        let commit = GroupCommit { (lines) throws(LogError) in try writer.append(lines) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<16 {
                group.addTask {
                    for number in 0..<40 {
                        let record = SampleRecords.prediction(caller * 40 + number)
                        try await commit.append(Self.lines(of: record))
                    }
                }
            }
            try await group.waitForAll()
        }
        let read = try SampleRecords.readAll(folder)
        #expect(read.records.count == 640)
        #expect(Set(read.records.map(\.id)) == Set(SampleRecords.predictions(640).map(\.id)))
        #expect(read.summary.corruptLineCount == 0 && read.summary.tornLineCount == 0)
        #expect(read.summary.segmentCount > 1)
    }
}
