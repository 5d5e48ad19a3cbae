import Foundation
import SlipwayPipelines
import SlipwayTesting
import Testing

struct LocalRunnerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func program(
        _ script: String, environment: [String: String] = [:], timeout: Duration = .seconds(600)
    ) -> LocalRunner.Program {
        .init(
            command: ["sh", "-c", script], folder: folder.path, environment: environment, timeout: timeout,
            logFile: folder.path("log"))
    }

    private func failure(_ program: LocalRunner.Program) async -> PipelineError? {
        do throws(PipelineError) {
            _ = try await LocalRunner().run(program)
            return nil
        } catch {
            return error
        }
    }

    /// Whether a process is there and not merely waiting to be collected.
    private func isRunning(_ identifier: String) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8) else {
            return false
        }
        return !status.contains("State:\tZ") && !status.contains("State:\tX")
    }

    /// Waits until a program has written its own file, then returns the text.
    private func awaited(_ name: String) async throws -> String {
        while (try? folder.text(of: name))?.hasSuffix("\n") != true { try await Task.sleep(for: .milliseconds(5)) }
        return try folder.text(of: name).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Waits for a process that was killed to disappear; a failed expectation if it does not.
    private func expectGone(_ identifier: String) async throws {
        for _ in 0..<2_000 where isRunning(identifier) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(!isRunning(identifier))
    }

    @Test func aProgramRunsInItsFolderWithItsEnvironment() async throws {
        let duration = try await LocalRunner().run(
            program("pwd; echo \"$GREETING\"; echo oops >&2; test -n \"$PATH\"", environment: ["GREETING": "a b=c\"d"]))
        #expect(duration > .zero)
        let lines = try folder.text(of: "log").split(separator: "\n").map(String.init)
        #expect(lines.first?.hasSuffix((folder.path as NSString).lastPathComponent) == true)
        #expect(lines.dropFirst() == ["a b=c\"d", "oops"])
    }

    @Test func aProgramBesideTheProjectIsFoundByItsPath() async throws {
        try Data("#!/bin/sh\necho beside\n".utf8).write(to: URL(fileURLWithPath: folder.path("train.sh")))
        chmod(folder.path("train.sh"), 0o755)
        var relative = program("")
        relative.command = ["./train.sh"]
        _ = try await LocalRunner().run(relative)
        #expect(try folder.text(of: "log") == "beside\n")
    }

    @Test func aFailureShowsTheEndOfTheOutput() async throws {
        let error = await failure(program("for i in $(seq 100); do echo line $i; done; echo boom >&2; exit 3"))
        #expect(error?.kind == .programFailed)
        let message = try #require(error?.message)
        #expect(message.contains("ended with exit code 3:\n    line 90\n"))
        #expect(message.contains("    line 100\n    boom\n"))
        #expect(!message.contains("line 89\n"))
        #expect(error?.hint?.contains(folder.path("log")) == true)
        #expect(try folder.text(of: "log").hasPrefix("line 1\n"))
    }

    @Test func aProgramEndedByASignalSaysSo() async {
        let error = await failure(program("kill -9 $$"))
        #expect(error?.kind == .programFailed)
        #expect(error?.message.hasSuffix("was ended by signal 9") == true)
    }

    @Test func muchOutputDoesNotBlock() async throws {
        _ = try await LocalRunner().run(program("head -c 3000000 /dev/zero | tr '\\0' x"))
        #expect(try folder.text(of: "log").utf8.count == 3_000_000)
    }

    @Test func theTimeLimitEndsTheProgramAndWhatItStarted() async throws {
        // The inner shell ignores the polite signal, the outer one does not and is gone at once.
        let script = "sh -c 'trap \"\" TERM; echo $$ > inner; while :; do sleep 0.05; done' & echo $$ > outer; wait"
        async let error = failure(program(script, timeout: .seconds(1)))
        let identifiers = [try await awaited("inner"), try await awaited("outer")]
        #expect(identifiers.allSatisfy { isRunning($0) })
        #expect(await error?.kind == .timedOut)
        for identifier in identifiers { try await expectGone(identifier) }
    }

    @Test func aCancelledRunEndsTheProgramAndSaysSo() async throws {
        let run = Task { await failure(program("echo $$ > shell; sleep 1000")) }
        let identifier = try await awaited("shell")
        run.cancel()
        #expect(await run.value?.kind == .cancelled)
        try await expectGone(identifier)
    }

    @Test func aProgramThatIsNotThereIsNamed() async {
        for name in ["no-such-program-here", "./nothing", "/nowhere/program"] {
            var absent = program("")
            absent.command = [name]
            let error = await failure(absent)
            #expect(error?.kind == .notStarted)
            #expect(error?.message.contains("'\(name)' cannot be started in \(folder.path)") == true)
        }
        var empty = program("")
        empty.command = []
        #expect(await failure(empty)?.kind == .notStarted)
    }

    @Test func aFolderThatIsNotThereIsNamed() async {
        var astray = program("true")
        astray.folder = folder.path("nowhere")
        let error = await failure(astray)
        #expect(error?.kind == .notStarted)
        #expect(error?.message.contains(astray.folder) == true)
    }

    @Test func aLogThatCannotBeWrittenIsNamed() async {
        var mute = program("true")
        mute.logFile = folder.path("nowhere/log")
        let error = await failure(mute)
        #expect(error?.kind == .unwritable)
        #expect(error?.message.contains(mute.logFile) == true)
    }
}
