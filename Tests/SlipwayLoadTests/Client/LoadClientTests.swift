import Foundation
import NIOCore
import SlipwayData
import Synchronization
import Testing

@testable import SlipwayLoad

struct LoadClientTests {
    private static let requests = LoadRequests(
        [1, 2].map { .init(path: "/models/m/predict", body: Array(#"{"a":\#($0)}"#.utf8)) }, expecting: "model", "m")

    private func run(
        _ plan: LoadPlan, _ requests: LoadRequests = Self.requests, threadCount: Int = 1,
        _ reply: @escaping @Sendable (String) -> StubServer.Reply
    ) async throws -> LoadResult {
        let result = Mutex(LoadResult())
        try await StubServer.with(reply) { server in
            let target = try LoadTarget(try #require(URL(string: "http://127.0.0.1:\(server.port)")), token: "secret")
            let found = try await LoadClient.with(target, threadCount: threadCount) {
                try await $0.run(requests, plan)
            }
            result.withLock { $0 = found }
        }
        return result.withLock { $0 }
    }

    @Test(arguments: [1, 3])
    func everyRequestThatFallsDueIsSentOnce(threadCount: Int) async throws {
        let seen = Mutex<[String: Int]>([:])
        let plan = LoadPlan(rate: 500, duration: .milliseconds(200), connectionCount: 8)
        let result = try await run(plan, threadCount: threadCount) { text in
            seen.withLock { $0[text, default: 0] += 1 }
            return .answer()
        }
        #expect(result.answeredCount == 100 && result.failures.isEmpty)
        #expect(result.latencies.count == 100 && result.lateness.count == 100)
        let texts = seen.withLock { $0 }
        #expect(texts.values.reduce(0, +) == 100)
        #expect(Set(texts.keys) == Set([1, 2].map { "POST /models/m/predict Bearer secret {\"a\":\($0)}" }))
    }

    @Test func aRequestWithoutABodyAsksByGET() async throws {
        let seen = Mutex<Set<String>>([])
        let keys = LoadRequests([1, 2].map { .init(path: "/models/m/predict?id=\($0)") }, expecting: "model", "m")
        let plan = LoadPlan(rate: 500, duration: .milliseconds(20), connectionCount: 2)
        let result = try await run(plan, keys) { text in
            seen.withLock { _ = $0.insert(text.trimmingCharacters(in: .whitespaces)) }
            return .answer()
        }
        #expect(result.answeredCount == 10 && result.failures.isEmpty)
        #expect(seen.withLock { $0 } == Set([1, 2].map { "GET /models/m/predict?id=\($0) Bearer secret" }))
    }

    @Test func theWaitForAConnectionIsPartOfTheLatency() async throws {
        let plan = LoadPlan(rate: 200, duration: .milliseconds(50), connectionCount: 1)
        let result = try await run(plan) { _ in .answer(after: .milliseconds(40)) }
        #expect(result.answeredCount == 10)
        // Ten answers of 40 ms one after the other, the last one due after 45 ms.
        #expect(try #require(result.latencies.longest) >= 350e6)
        #expect(try #require(result.latencies.quantile(0.5)) >= 150e6)
    }

    @Test func failuresAreToldApart() async throws {
        func plan(timeout: Duration) -> LoadPlan {
            LoadPlan(rate: 1_000, duration: .milliseconds(10), connectionCount: 1, timeout: timeout)
        }
        func failures(_ reply: StubServer.Reply) async throws -> [LoadFailure: Int] {
            try await run(plan(timeout: .seconds(600))) { _ in reply }.failures
        }
        #expect(try await failures(.answer(status: 503)) == [.status(503): 10])
        #expect(try await failures(.answer(body: #"{"model":"other"}"#)) == [.wrongBody: 10])
        #expect(try await failures(.answer(body: "{")) == [.wrongBody: 10])
        #expect(try await failures(.close) == [.closed: 10])
        #expect(try await failures(.answer(keepsAlive: false)) == [:])
        let silent = try await run(plan(timeout: .milliseconds(300))) { _ in .silence }
        #expect(silent.failures == [.timeout: 10])
        // Who never got an answer is not left out of the latencies.
        #expect(silent.latencies.count == 10 && (silent.latencies.quantile(0) ?? 0) >= 299e6)
    }

    @Test func whereNobodyListensEveryRequestFailsToConnect() async throws {
        let free = Mutex(0)
        try await StubServer.with { _ in
            .silence
        } _: { server in
            free.withLock { $0 = server.port }
        }
        let target = try LoadTarget(try #require(URL(string: "http://127.0.0.1:\(free.withLock { $0 })")))
        let plan = LoadPlan(rate: 500, duration: .milliseconds(20), connectionCount: 2)
        let result = try await LoadClient.with(target) { try await $0.run(Self.requests, plan) }
        #expect(result.failures == [.connect: 10])
        await #expect(throws: LoadError.self) {
            try await LoadClient.with(target) { try await $0.ask("/").status }
        }
    }

    @Test func aRateThatCannotHoldItsLimitIsCutShort() async throws {
        let plan = LoadPlan(
            rate: 1_000, duration: .seconds(20), connectionCount: 4, giveUpAbove: .milliseconds(1))
        let result = try await run(plan) { _ in .answer(after: .milliseconds(20)) }
        #expect(result.isCutShort && result.requestCount < 20_000)
        #expect(!result.holds(p99: .seconds(60)))
    }

    @Test func questionsAreAnswered() async throws {
        try await StubServer.with {
            .answer(status: 404, body: $0)
        } _: { server in
            let target = try LoadTarget(try #require(URL(string: "http://127.0.0.1:\(server.port)/base/")))
            let answer = try await LoadClient.with(target) { try await $0.ask("/v2") }
            #expect(answer.status == 404 && String(decoding: answer.body, as: UTF8.self) == "GET /base/v2  ")
        }
    }

    @Test func aServerWithoutTLSIsNamedInOurWords() async throws {
        try await StubServer.with { _ in
            .silence
        } _: { server in
            let target = try LoadTarget(try #require(URL(string: "https://127.0.0.1:\(server.port)")))
            let error = await #expect(throws: LoadError.self) {
                try await LoadClient.with(target) { try await $0.ask("/").status }
            }
            #expect(error?.kind == .unreachable)
            #expect(error?.message == "127.0.0.1:\(server.port) does not answer: it does not speak TLS")
            #expect(error?.hint?.contains("--ca-certificate") == true)
        }
    }

    @Test(arguments: ["ftp://host", "nonsense", "http://", "http://host:99999", "http://host:0", "http://me:pw@host"])
    func whatIsNoAddressIsRefused(text: String) throws {
        let address = try #require(URL(string: text))
        #expect(throws: LoadError.self) { try LoadTarget(address) }
    }

    @Test func aTokenCannotCarryAnotherHeader() throws {
        let address = try #require(URL(string: "http://host"))
        #expect(throws: LoadError.self) { try LoadTarget(address, token: "a\r\nX-Other: b") }
    }
}
