import Foundation
import SlipwayData
import SlipwayFeatures
import SlipwayServingTesting
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayServing

struct FeatureDeskTests {
    private let store = FarStore()
    private let metrics = ServingMetrics()
    private let keys: [Value] = [.integer(2), .integer(9)]

    private func desk() async throws -> FeatureDesk {
        let view = FeatureStoreConformance.view()
        let staged = try await store.inner.stage(
            try FeatureStoreConformance.rows([1, 2, 3]), for: view, replicatedAt: .now())
        try await store.inner.activate(staged)
        return FeatureDesk(store, metrics: metrics)
    }

    private func find(
        _ keys: [Value], _ use: FeatureUse = FeatureUse(), at desk: FeatureDesk
    ) async throws -> [Value?] {
        try await desk.find(keys, in: "customers", use: use, until: .now + .seconds(600)).map { $0.row?["id"] }
    }

    @Test func aStoreBehindANetworkIsAskedOnOtherThreadsAndAnswersInOrder() async throws {
        let desk = try await desk()
        #expect(try await find([.integer(3), .integer(9), .integer(1)], at: desk) == [.integer(3), nil, .integer(1)])
        let text = metrics.text(of: ServedModels())
        #expect(text.contains(#"slipway_feature_keys_total{view="customers",outcome="found"} 2"#))
        #expect(text.contains(#"slipway_feature_keys_total{view="customers",outcome="unknown"} 1"#))
    }

    @Test func lookUpsThatWaitTogetherAreMadeAsOne() async throws {
        let desk = try await desk()
        store.isHeld = true
        try await withThrowingTaskGroup(of: Void.self) { group in
            for key in 0..<40 {
                group.addTask {
                    let wanted = Value.integer(Int64(key % 3 + 1))
                    let found = try await find([wanted], at: desk)
                    #expect(found == [wanted])
                }
            }
            group.addTask {
                try await Task.sleep(for: .milliseconds(200))
                store.isHeld = false
            }
            try await group.waitForAll()
        }
        #expect(store.callCount < 40)
    }

    @Test func aLookUpThatTakesTooLongIsGivenUp() async throws {
        let desk = try await desk()
        store.isHeld = true
        defer { store.isHeld = false }
        let error = await #expect(throws: ServingError.self) {
            try await find(keys, FeatureUse(timeout: .milliseconds(20)), at: desk)
        }
        #expect(error?.kind == .featuresUnavailable)
        #expect(error?.message.contains("'customers' did not come in time") == true)
        #expect(metrics.text(of: ServedModels()).contains(#"lookup_failures_total{view="customers"} 1"#))
    }

    @Test func whatWasLookedUpAnswersAgainUntilItIsTooOld() async throws {
        let desk = try await desk()
        let use = FeatureUse(cacheAge: .seconds(86_400))
        #expect(try await find(keys, use, at: desk) == [.integer(2), nil])
        #expect(try await find(keys + [.integer(1)], use, at: desk) == [.integer(2), nil, .integer(1)])
        #expect(store.askedKeys == keys + [.integer(1)])
        #expect(try await find(keys, FeatureUse(cacheAge: .zero), at: desk) == [.integer(2), nil])
        #expect(store.askedKeys.count == 5)
    }

    @Test func rowsFromBeforeAnswerWhereTheStoreCannotIfTheyMay() async throws {
        let desk = try await desk()
        let use = FeatureUse(timeout: .milliseconds(20), cacheAge: .nanoseconds(1), onFailure: .stale)
        _ = try await find(keys, use, at: desk)
        store.isHeld = true
        defer { store.isHeld = false }
        let found = try await desk.find(keys, in: "customers", use: use, until: .now + .seconds(60))
        #expect(found.map { $0.row?["id"] } == [.integer(2), nil])
        #expect(found.map(\.standIn?.kind) == [.stale, .stale])
        // Of this key nothing is known.
        await #expect(throws: ServingError.self) { try await find(keys + [.integer(3)], use, at: desk) }
        var strict = use
        strict.onFailure = .fail
        await #expect(throws: ServingError.self) { try await find(keys, strict, at: desk) }
        #expect(metrics.text(of: ServedModels()).contains(#"keys_total{view="customers",outcome="stale"} 2"#))
    }

    @Test func statedValuesAnswerWhereTheStoreCannotIfTheyMay() async throws {
        let desk = try await desk()
        store.isHeld = true
        defer { store.isHeld = false }
        let use = FeatureUse(timeout: .milliseconds(20), onFailure: .defaults(["height": .number(2)]))
        let found = try await desk.find(keys, in: "customers", use: use, until: .now + .seconds(60))
        #expect(found.map(\.row) == [["height": .number(2)], ["height": .number(2)]])
        #expect(found.map(\.standIn?.kind) == [.default, .default])
        #expect(metrics.text(of: ServedModels()).contains(#"keys_total{view="customers",outcome="default"} 2"#))
        // The time of the caller is over for stated values as well.
        await #expect(throws: ServingError.deadlineExceeded) {
            try await desk.find(keys, in: "customers", use: FeatureUse(onFailure: use.onFailure), until: .now)
        }
    }

    @Test func theCacheForgetsWhatWasNotAskedForTheLongest() {
        let cache = FeatureCache(rowCountMax: 8)
        let now = ContinuousClock.now
        func place(_ key: Int64) -> FeatureCache.Place { .init(view: "v", key: .integer(key)) }
        for key in 0..<100 {
            cache.keep(FoundFeatures(row: nil, replicatedAt: .earliest), at: place(Int64(key)), now: now)
            _ = cache.features(at: place(0), now: now, ageMax: .seconds(1))
        }
        #expect(cache.rowCount <= 8)
        #expect(cache.features(at: place(0), now: now, ageMax: .seconds(1)) != nil)
        #expect(cache.features(at: place(99), now: now, ageMax: .seconds(1)) != nil)
        #expect(cache.features(at: place(50), now: now, ageMax: .seconds(1)) == nil)
    }
}

/// A store that is asked as one behind a network is, and answers only when it is let.
private final class FarStore: FeatureStore {
    let inner = InMemoryFeatureStore()
    private let state = Mutex((isHeld: false, keys: [[Value]]()))

    var isHeld: Bool {
        get { state.withLock { $0.isHeld } }
        set { state.withLock { $0.isHeld = newValue } }
    }
    var callCount: Int { state.withLock { $0.keys.count } }
    var askedKeys: [Value] { state.withLock { $0.keys.flatMap(\.self) } }
    var isLocal: Bool { false }

    func lookUp(
        view: String, keys: [Value], until deadline: ContinuousClock.Instant?
    ) throws(FeatureError) -> FeatureRows {
        state.withLock { $0.keys.append(keys) }
        while isHeld { usleep(1_000) }
        return try inner.lookUp(view: view, keys: keys, until: deadline)
    }

    func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp, snapshot: String?
    ) async throws(FeatureError) -> FeatureGeneration {
        try await inner.stage(rows, for: view, replicatedAt: replicatedAt, snapshot: snapshot)
    }
    func content(of generation: FeatureGeneration) async throws(FeatureError) -> FeatureContent {
        try await inner.content(of: generation)
    }
    func activate(_ generation: FeatureGeneration, at now: Timestamp) async throws(FeatureError) {
        try await inner.activate(generation, at: now)
    }
    func liveSince(_ view: String) throws(FeatureError) -> Timestamp? { try inner.liveSince(view) }
    func discard(_ generation: FeatureGeneration) async throws(FeatureError) { try await inner.discard(generation) }
    func live(_ view: String) throws(FeatureError) -> FeatureGeneration? { try inner.live(view) }
    func liveGenerations() throws(FeatureError) -> [FeatureGeneration] { try inner.liveGenerations() }
    func previous(_ view: String) throws(FeatureError) -> FeatureGeneration? { try inner.previous(view) }
}
