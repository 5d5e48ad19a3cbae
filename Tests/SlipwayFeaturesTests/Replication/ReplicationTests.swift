import SlipwayData
import SlipwayFeatures
import SlipwayTesting
import Testing

struct ReplicationTests {
    let source: InMemoryDataSource
    let store = InMemoryFeatureStore()
    let view = FeatureStoreConformance.view()
    let moment = Timestamp(milliseconds: 1_800_000_000_125)

    init() throws { source = InMemoryDataSource(try FeatureStoreConformance.rows([3, 1, 2])) }

    private func replicate(_ view: FeatureView? = nil, into other: InMemoryFeatureStore? = nil)
        async throws(FeatureError)
        -> ReplicationOutcome
    {
        let moment = moment
        return try await Replication(
            view: view ?? self.view, source: source, store: other ?? store, now: { moment }
        ).run()
    }

    /// Fails unless the replication is refused and readers still see the rows from before.
    private func expectRefusal(
        _ kind: FeatureError.Code, naming part: String, of view: FeatureView? = nil,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) async throws {
        let before = try store.live("customers")
        let error = await #expect(throws: FeatureError.self, sourceLocation: sourceLocation) {
            try await replicate(view)
        }
        #expect(error?.kind == kind, sourceLocation: sourceLocation)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
        #expect(try store.live("customers") == before, sourceLocation: sourceLocation)
    }

    @Test func rowsAreFoundByKeyAfterwardsWithTheMomentTheSourceWasAsked() async throws {
        let outcome = try await replicate()
        #expect(outcome.rowCount == 3)
        #expect(outcome.previousRowCount == nil)
        #expect(outcome.generation.replicatedAt == moment)
        let found = try store.lookUp(view: "customers", keys: [.integer(2), .integer(4)])
        #expect(found.rows.map { $0?["mark"] } == [.string("first 2"), nil])
    }

    @Test func theSameRowsInAnotherOrderAreUnchanged() async throws {
        let first = try await replicate()
        source.set(try FeatureStoreConformance.rows([1, 2, 3]))
        let second = try await replicate()
        #expect(second.isUnchanged)
        #expect(second.previous == first.generation)
        source.set(try FeatureStoreConformance.rows([1, 2, 3, 4]))
        let third = try await replicate()
        #expect(!third.isUnchanged)
        #expect(third.previousRowCount == 3)
    }

    @Test func aSourceThatFailsLeavesTheRowsFromBefore() async throws {
        _ = try await replicate()
        source.fail(with: DataError(.sourceFailed, "source 'crm': gone", hint: "Start it."))
        try await expectRefusal(.fetchFailed, naming: "source 'crm': gone")
    }

    @Test func aKeyColumnThatIsNotThereIsNamed() async throws {
        var other = view
        other.key = "customer"
        try await expectRefusal(.invalidKey, naming: "'customer'", of: other)
    }

    @Test func aRepeatedKeyIsNamedWithItsRow() async throws {
        _ = try await replicate()
        source.set(try FeatureStoreConformance.rows([1, 2, 7, 7]))
        try await expectRefusal(.invalidKey, naming: "'7' twice, again in row 4")
    }

    @Test func aMissingKeyIsNamedWithItsRow() async throws {
        _ = try await replicate()
        source.set(
            try Table(columns: [Column(name: "id", values: .strings(["a", "", "c"]), validity: [true, false, true])]))
        try await expectRefusal(.invalidKey, naming: "missing in row 2")
    }

    @Test func noRowsAreTakenForAMistakeUnlessAllowed() async throws {
        _ = try await replicate()
        source.set(try FeatureStoreConformance.rows([]))
        try await expectRefusal(.emptyResult, naming: "no rows")
        var permissive = view
        permissive.allowsEmpty = true
        #expect(try await replicate(permissive).rowCount == 0)
    }

    @Test func theNewestRowOfAKeyCounts() async throws {
        var timed = view
        timed.time = "at"
        func rows(_ times: [String]) throws -> Table {
            try Table(columns: [
                Column(name: "id", values: .integers([1, 2, 1, 1])), Column(name: "at", values: .strings(times)),
                Column(name: "score", values: .integers([10, 20, 30, 40])),
            ])
        }
        source.set(try rows(["2026-03-01T09:00:00Z", "2026-01-01", "2026-03-01T09:00:00.000000001Z", "2026-02-28"]))
        #expect(try await replicate(timed).rowCount == 2)
        let found = try store.lookUp(view: "customers", keys: [.integer(1), .integer(2)])
        #expect(found.rows.map { $0?["score"] } == [.integer(30), .integer(20)])
        source.set(try rows(["2026-03-02", "2026-01-01", "2026-03-02T00:00:00Z", "2026-02-28"]))
        try await expectRefusal(.invalidKey, naming: "'1' twice", of: timed)
        source.set(try rows(["2026-03-02", "soon", "2026-03-02T00:00:00Z", "2026-02-28"]))
        try await expectRefusal(.invalidView, naming: "'soon'", of: timed)
        timed.time = "score"
        try await expectRefusal(.invalidView, naming: "'score' holds integers", of: timed)
        timed.time = "then"
        try await expectRefusal(.invalidView, naming: "no column 'then'", of: timed)
    }

    @Test func aColumnThatSomebodyNeedsIsNamedWithWhoDoes() async throws {
        var needed = view
        needed.neededColumns = ["mark": "nobody", "model_version": "the API"]
        try await expectRefusal(.invalidView, naming: "no column 'model_version', which the API needs", of: needed)
    }

    @Test func rowsOfASnapshotAreKnownByItAndAreAsOldAsItIs() async throws {
        let rows = try FeatureStoreConformance.rows([3, 1, 2])
        let taken = Timestamp(milliseconds: 1_700_000_000_000)
        source.fail(with: DataError(.sourceFailed, "asked"))
        let outcome = try await Replication(view: view, source: source, store: store)
            .run(of: rows, from: "customers@abc", takenAt: taken)
        let live = try #require(try store.live("customers"))
        #expect(live == outcome.generation && live.snapshot == "customers@abc" && live.replicatedAt == taken)
        #expect(live.digest == TableDigest.of(rows))
        #expect(try await store.content(of: live) == FeatureContent(rowCount: 3, digest: TableDigest.of(rows)))
    }

    @Test func tooManyColumnsAreRefused() async throws {
        source.set(
            try Table(
                columns: [Column(name: "id", values: .integers([1]))]
                    + (0..<FeatureLimits.columnCountMax).map { Column(name: "c\($0)", values: .integers([1])) }))
        try await expectRefusal(.limitExceeded, naming: "\(FeatureLimits.columnCountMax) columns")
    }

    @Test func aBadViewIsRefusedBeforeTheSourceIsAsked() async throws {
        var other = view
        other.name = "two words"
        source.fail(with: DataError(.sourceFailed, "asked"))
        try await expectRefusal(.invalidView, naming: "'two words'", of: other)
    }

    @Test func aStoreThatLosesARowIsFoundOut() async throws {
        let lossy = InMemoryFeatureStore(corrupting: { $0.selecting(rows: [0, 1]) })
        let error = await #expect(throws: FeatureError.self) { try await replicate(into: lossy) }
        #expect(error?.kind == .verificationFailed)
        #expect(error?.message.contains("2 of the 3 rows") == true)
        #expect(try lossy.live("customers") == nil)
    }

    @Test func aStoreThatChangesACellIsFoundOut() async throws {
        let lossy = InMemoryFeatureStore(corrupting: { $0.selecting(rows: [0, 1, 1]) })
        let error = await #expect(throws: FeatureError.self) { try await replicate(into: lossy) }
        #expect(error?.kind == .verificationFailed)
        #expect(try lossy.live("customers") == nil)
    }

    @Test func personalColumnsAreStoredOnlyAsTheirPolicyAllows() async throws {
        source.set(
            try Table(columns: [
                Column(name: "id", values: .integers([1])),
                Column(name: "email", values: .strings(["ada@example.org"])),
                Column(name: "phone", values: .strings(["0123456789"])),
                Column(name: "born", values: .integers([1815])),
            ]))
        var discreet = view
        discreet.privacy = ["email": .hash, "phone": .mask, "born": .drop]
        _ = try await Replication(
            view: discreet, source: source, store: store, keyedDigest: { [UInt8($0.count)] }
        ).run()
        let row = try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]
        #expect(row == ["id": .integer(1), "email": .string("0f"), "phone": .string("********89")])
    }

    @Test func hashingWithoutASecretKeyIsRefused() async throws {
        var discreet = view
        discreet.privacy = ["mark": .hash]
        try await expectRefusal(.invalidView, naming: "mark", of: discreet)
    }

    @Test func aPolicyForAColumnThatIsNotThereIsRefused() async throws {
        var discreet = view
        discreet.privacy = ["markk": .drop]
        try await expectRefusal(.invalidView, naming: "'markk'", of: discreet)
    }

    @Test func aPolicyOnTheKeyIsRefused() async throws {
        var discreet = view
        discreet.privacy = ["id": .mask]
        try await expectRefusal(.invalidView, naming: "'id'", of: discreet)
    }
}
