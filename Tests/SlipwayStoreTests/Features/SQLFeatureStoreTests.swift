import SlipwayData
import SlipwayFeatures
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

struct SQLFeatureStoreTests {
    let folder: TemporaryFolder
    let database: SQLiteDatabase
    let store: SQLFeatureStore
    let view = FeatureStoreConformance.view()
    let moment = Timestamp(milliseconds: 1_800_000_000_125)

    init() throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.path("store.db"))
        store = try SQLFeatureStore(database)
    }

    private func replicate(_ ids: [Int64], mark: String, into store: SQLFeatureStore? = nil) async throws {
        let moment = moment
        let source = InMemoryDataSource(try FeatureStoreConformance.rows(ids, mark: mark))
        _ = try await Replication(view: view, source: source, store: store ?? self.store, now: { moment }).run()
    }

    private func featureTables() throws -> [String] {
        try database.read { connection in
            try connection.query(
                "select name from sqlite_master where name like 'fv%' and type = 'table' order by name"
            )
            .map { try $0.text("name") }
        }
    }

    /// The same file as another process opens it.
    private func otherProcess(busyTimeout: Duration = .seconds(300)) throws -> SQLFeatureStore {
        try SQLFeatureStore(SQLiteDatabase(path: database.path, options: .init(busyTimeout: busyTimeout)))
    }

    @Test(arguments: FeatureStoreConformance.claims)
    func conforms(_ claim: ConformanceClaim<any FeatureStore>) async throws { try await claim.check(store) }

    @Test func aReaderFollowsTheSwitchesOfAnotherProcess() async throws {
        try await replicate([1], mark: "a")
        #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("a 1"))
        let other = try otherProcess()
        for mark in ["b", "c", "d"] {
            try await replicate([1], mark: mark, into: other)
            #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("\(mark) 1"))
        }
    }

    @Test func readersMeetNoErrorWhileAnotherProcessReplicates() async throws {
        try await replicate(Array(1...100), mark: "0")
        let other = try otherProcess()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...15 { try await replicate(Array(1...100), mark: "\(round)", into: other) }
            }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<300 {
                        let rows = try store.lookUp(view: "customers", keys: [.integer(1), .integer(100)]).rows
                        let marks = Set(rows.map { $0?["mark"]?.text.split(separator: " ").first })
                        #expect(marks.count == 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("15 1"))
    }

    @Test func theCopyBeforeStaysAndOlderOnesGo() async throws {
        for mark in ["a", "b", "c", "d"] { try await replicate([1], mark: mark) }
        #expect(try featureTables() == ["fv_customers_3", "fv_customers_4"])
    }

    @Test func theCopyBeforeCanBeMadeLiveAgain() async throws {
        try await replicate([1], mark: "good")
        let good = try #require(try store.live("customers"))
        try await replicate([1], mark: "bad")
        try await store.activate(good)
        #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("good 1"))
        try await replicate([1], mark: "better")
        #expect(try featureTables() == ["fv_customers_1", "fv_customers_3"])
    }

    @Test func whatAKilledReplicationLeftIsCleanedUpByTheNextOne() async throws {
        try await replicate([1], mark: "before")
        // As far as a process gets that is killed while it loads: a number, a table, and some rows, never switched to.
        let half = try await otherProcess().stage(
            try FeatureStoreConformance.rows([1, 2], mark: "half"), for: view, replicatedAt: moment)
        try database.write { try $0.execute("delete from \"fv_customers_2\" where n = 1") }
        #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("before 1"))
        try await replicate([1], mark: "after")
        #expect(try featureTables() == ["fv_customers_1", "fv_customers_3"])
        let error = await #expect(throws: FeatureError.self) { try await store.activate(half) }
        #expect(error?.kind == .superseded)
    }

    @Test func aLockedStoreSaysSoAndReadersGoOn() async throws {
        try await replicate([1], mark: "before")
        let waiting = try otherProcess(busyTimeout: .milliseconds(50))
        let holder = LockHolder(database)
        let error = await #expect(throws: FeatureError.self) {
            try await replicate([1], mark: "after", into: waiting)
        }
        #expect(error?.kind == .storeLocked)
        #expect(error?.message == "the store '\(database.path)' is locked by another process")
        #expect(try waiting.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("before 1"))
        holder.release()
        try await replicate([1], mark: "after", into: waiting)
    }

    @Test func aReplicationThatFailsHalfwayLeavesNothing() async throws {
        try await replicate([1], mark: "before")
        // A text with a NUL character is what no store takes; it comes after a whole batch was written.
        var texts = (0..<5_000).map { "text \($0)" }
        texts[4_999] = "nul \u{0}"
        let rows = try Table(columns: [
            Column(name: "id", values: .integers((0..<5_000).map(Int64.init))),
            Column(name: "t", values: .strings(texts)),
        ])
        let error = await #expect(throws: FeatureError.self) {
            _ = try await Replication(view: view, source: InMemoryDataSource(rows), store: store).run()
        }
        #expect(error?.kind == .storeFailed)
        #expect(try featureTables() == ["fv_customers_1"])
        #expect(try store.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("before 1"))
    }

    @Test func aChangedShapeOfTheViewIsSeenByReaders() async throws {
        try await replicate([1], mark: "a")
        _ = try store.lookUp(view: "customers", keys: [.integer(1)])
        let narrow = try Table(columns: [Column(name: "id", values: .strings(["1"]))])
        _ = try await Replication(view: view, source: InMemoryDataSource(narrow), store: try otherProcess()).run()
        let found = try store.lookUp(view: "customers", keys: [.string("1")])
        #expect(found.rows == [["id": .string("1")]])
        #expect(found.generation.keyType == .string)
    }

    @Test func theDataOutlivesTheProcess() async throws {
        try await replicate([1], mark: "kept")
        let reopened = try otherProcess()
        #expect(try reopened.live("customers") == store.live("customers"))
        #expect(try reopened.live("customers")?.replicatedAt == moment)
        #expect(try reopened.lookUp(view: "customers", keys: [.integer(1)]).rows[0]?["mark"] == .string("kept 1"))
    }

    @Test func aStoreOfANewerSlipwayIsRefused() throws {
        try database.write {
            try $0.execute(
                "insert into schema_migrations (component, number, name, applied_at) values ('features', 99, 'x', 'y')")
        }
        let error = #expect(throws: FeatureError.self) { try SQLFeatureStore(database) }
        #expect(error?.hint?.contains("Update Slipway") == true)
    }
}
