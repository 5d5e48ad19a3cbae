public import SlipwayData
public import SlipwayFeatures

/// What every feature store must hold, as claims over an empty store.
public enum FeatureStoreConformance {
    /// The claims.
    public static let claims: [ConformanceClaim<any FeatureStore>] = lookUps + keys + switches + refreshes

    /// A view of the given name over the key column `id`.
    public static func view(_ name: String = "customers") -> FeatureView {
        FeatureView(name: name, source: "memory", query: "select * from customers", key: "id")
    }

    /// Rows with the given whole-number keys and a cell of every type, missing ones among them.
    public static func rows(_ ids: [Int64], mark: String = "first") throws(DataError) -> Table {
        try Table(columns: [
            Column(name: "mark", values: .strings(ids.map { "\(mark) \($0)" })),
            Column(name: "id", values: .integers(ids)),
            Column(name: "height", values: .numbers(ids.map { $0 % 3 == 0 ? .nan : Double($0) / 3 })),
            Column(name: "member", values: .booleans(ids.map { $0 % 2 == 0 }), validity: ids.map { $0 % 5 != 0 }),
            Column(name: "x\"); drop table feature_views; --", values: .strings(ids.map { "Zoë 🚢 '\($0)'" })),
            Column(name: "X\"); drop table feature_views; --", values: .integers(ids.map { .max - $0 })),
            Column(name: "select", values: .numbers(ids.map { Double($0) })),
            Column(name: "", values: .strings(ids.map { _ in "" })),
        ])
    }

    private static let moment = Timestamp(milliseconds: 1_800_000_000_125)

    private static let lookUps: [ConformanceClaim<any FeatureStore>] = [
        ConformanceClaim("a view that was never replicated is refused by name") { store in
            try ConformanceFailure.unlessEqual(try store.live("customers"), nil, "the live copy")
            let error = try await failure { try store.lookUp(view: "customers", keys: [.integer(1)]) }
            try ConformanceFailure.unlessEqual(error?.kind, .notReplicated, "the error")
            try ConformanceFailure.unless(error?.message.contains("'customers'") == true, "the error names the view")
            _ = try await store.stage(try rows([1]), for: view(), replicatedAt: moment)
            let staged = try await failure { try store.lookUp(view: "customers", keys: [.integer(1)]) }
            try ConformanceFailure.unlessEqual(staged?.kind, .notReplicated, "the error while a copy is staged")
        },
        ConformanceClaim("cells come back in their types under any column name") { store in
            let table = try rows(Array(1...10))
            try await replicate(table, into: store)
            let found = try store.lookUp(view: "customers", keys: (1...10).map { .integer($0) })
            for index in 0..<10 {
                let wanted = Dictionary(uniqueKeysWithValues: zip(table.names, table.row(index)))
                try ConformanceFailure.unlessEqual(found.rows[index], wanted, "row \(index)")
            }
        },
        ConformanceClaim("answers come in the order of the keys, nil for those that no row has") { store in
            try await replicate(try rows([1, 2, 3]), into: store)
            let found = try store.lookUp(view: "customers", keys: [.integer(3), .integer(9), .integer(1), .integer(3)])
            try ConformanceFailure.unlessEqual(
                found.rows.map { $0?["id"] }, [.integer(3), nil, .integer(1), .integer(3)], "the keys found")
            try ConformanceFailure.unlessEqual(try store.lookUp(view: "customers", keys: []).rows.count, 0, "no keys")
        },
        ConformanceClaim("a copy describes itself: columns, count, digest, moment") { store in
            let table = try rows(Array(1...5_000))
            let staged = try await store.stage(table, for: view(), replicatedAt: moment)
            try ConformanceFailure.unlessEqual(staged.rowCount, 5_000, "the row count")
            try ConformanceFailure.unlessEqual(staged.digest, TableDigest.of(table), "the digest")
            try ConformanceFailure.unlessEqual(
                try await store.content(of: staged), FeatureContent(rowCount: 5_000, digest: TableDigest.of(table)),
                "what is read back")
            try ConformanceFailure.unlessEqual(staged.columns, table.featureColumns, "the columns")
            try await store.activate(staged)
            try ConformanceFailure.unlessEqual(try store.live("customers"), staged, "the live copy")
            let found = try store.lookUp(view: "customers", keys: [.integer(1)]).generation
            try ConformanceFailure.unlessEqual(found, staged, "the copy that answers")
            try ConformanceFailure.unlessEqual(
                found.age(at: moment.adding(milliseconds: 60)), .milliseconds(60), "the age")
        },
        ConformanceClaim("a copy says which snapshot it is from, and what it holds is read back on demand") { store in
            let table = try rows(Array(1...3))
            let plain = try await store.stage(table, for: view(), replicatedAt: moment)
            try ConformanceFailure.unlessEqual(plain.snapshot, nil, "the snapshot of rows from the source")
            let named = try await store.stage(table, for: view(), replicatedAt: moment, snapshot: "a@b")
            try await store.activate(named)
            try ConformanceFailure.unlessEqual(try store.live("customers")?.snapshot, "a@b", "the snapshot")
            let content = FeatureContent(rowCount: 3, digest: TableDigest.of(table))
            try ConformanceFailure.unlessEqual(try await store.content(of: named), content, "what it holds")
            let error = try await failure { try await store.content(of: plain) }
            try ConformanceFailure.unlessEqual(error?.kind, .superseded, "the error for a copy that is gone")
        },
        ConformanceClaim("a copy without rows finds nothing") { store in
            try await replicate(try rows([]), into: store)
            let found = try store.lookUp(view: "customers", keys: [.integer(1)])
            try ConformanceFailure.unlessEqual(found.rows, [nil], "the rows")
        },
        ConformanceClaim("more keys than the limit are refused") { store in
            try await replicate(try rows([1]), into: store)
            let keys = [Value](repeating: .integer(1), count: FeatureLimits.keyCountMax + 1)
            let error = try await failure { try store.lookUp(view: "customers", keys: keys) }
            try ConformanceFailure.unlessEqual(error?.kind, .limitExceeded, "the error")
        },
    ]

    private static let keys: [ConformanceClaim<any FeatureStore>] = [
        ConformanceClaim("a whole-number key is found by its text, and by nothing that is no such number") { store in
            try await replicate(try rows([12]), into: store)
            let found = try store.lookUp(view: "customers", keys: [.string("12"), .number(12)])
            try ConformanceFailure.unless(found.rows.allSatisfy { $0 != nil }, "'12' and 12.0 find 12")
            let odd: [Value] = [
                .missing, .string("012"), .string("12 "), .string(""), .string("' or 1=1 --"), .number(12.5),
                .number(.nan), .number(.infinity), .boolean(true), .string("12\u{0}"),
                .string("99999999999999999999"),
            ]
            let nothing = try store.lookUp(view: "customers", keys: odd)
            try ConformanceFailure.unless(nothing.rows.allSatisfy { $0 == nil }, "no odd key finds a row")
        },
        ConformanceClaim("a text key is found byte for byte") { store in
            let texts = ["e\u{301}", "\u{e9}", "A", "a", "7", "' or 1=1 --", "", " "]
            let table = try Table(columns: [
                Column(name: "id", values: .strings(texts)), Column(name: "at", values: .integers(Array(0..<8))),
            ])
            try await replicate(table, into: store)
            let found = try store.lookUp(view: "customers", keys: texts.map { .string($0) })
            try ConformanceFailure.unlessEqual(
                found.rows.map { $0?["at"] }, (0..<8).map { .integer($0) }, "the rows found")
            let odd = try store.lookUp(
                view: "customers", keys: [.integer(7), .string("b"), .missing, .string("a\u{0}")])
            try ConformanceFailure.unlessEqual(odd.rows.map { $0?["at"] }, [.integer(4), nil, nil, nil], "odd keys")
        },
    ]

    private static let switches: [ConformanceClaim<any FeatureStore>] = [
        ConformanceClaim("a staged copy is seen only when it is switched to") { store in
            try await replicate(try rows([1], mark: "first"), into: store)
            let staged = try await store.stage(try rows([1], mark: "second"), for: view(), replicatedAt: moment)
            try ConformanceFailure.unlessEqual(try mark(store), "first 1", "the row before the switch")
            try await store.activate(staged)
            try ConformanceFailure.unlessEqual(try mark(store), "second 1", "the row after the switch")
        },
        ConformanceClaim("a discarded copy is gone, a live one is not discarded") { store in
            let live = try await replicate(try rows([1]), into: store)
            let staged = try await store.stage(try rows([2]), for: view(), replicatedAt: moment)
            try await store.discard(staged)
            try await store.discard(staged)
            try await store.discard(live)
            let error = try await failure { try await store.activate(staged) }
            try ConformanceFailure.unlessEqual(error?.kind, .superseded, "the error")
            try ConformanceFailure.unlessEqual(try store.live("customers"), live, "the live copy")
            try ConformanceFailure.unlessEqual(try mark(store), "first 1", "the row")
        },
        ConformanceClaim("a later replication overtakes an unfinished one") { store in
            let early = try await store.stage(try rows([1], mark: "early"), for: view(), replicatedAt: moment)
            let late = try await store.stage(try rows([1], mark: "late"), for: view(), replicatedAt: moment)
            let error = try await failure { try await store.activate(early) }
            try ConformanceFailure.unlessEqual(error?.kind, .superseded, "the error")
            try await store.activate(late)
            try ConformanceFailure.unlessEqual(try mark(store), "late 1", "the row")
        },
        ConformanceClaim("views are apart, also where names differ only in case") { store in
            try await replicate(try rows([1], mark: "lower"), into: store, view: "accounts")
            try await replicate(try rows([1], mark: "upper"), into: store, view: "Accounts")
            try await replicate(try rows([1], mark: "upper again"), into: store, view: "Accounts")
            try ConformanceFailure.unlessEqual(try mark(store, "accounts"), "lower 1", "the row of the first view")
            try ConformanceFailure.unlessEqual(try mark(store, "Accounts"), "upper again 1", "the row of the second")
            let names = try store.liveGenerations().map(\.view)
            try ConformanceFailure.unlessEqual(names, ["Accounts", "accounts"], "the live views")
        },
        ConformanceClaim("readers go on while copies are switched, each answer from one copy") { store in
            try await replicate(try rows(Array(1...50), mark: "0"), into: store)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { try read(store, times: 200) } }
                group.addTask {
                    for round in 1...10 { try await replicate(try rows(Array(1...50), mark: "\(round)"), into: store) }
                }
                try await group.waitForAll()
            }
            try ConformanceFailure.unlessEqual(try mark(store), "10 1", "the row in the end")
        },
    ]

    private static let refreshes: [ConformanceClaim<any FeatureStore>] = [
        ConformanceClaim("the copy before the live one can be made live again") { store in
            try ConformanceFailure.unlessEqual(try store.previous("customers"), nil, "the copy before none")
            let first = try await replicate(try rows([1], mark: "first"), into: store)
            try ConformanceFailure.unlessEqual(try store.previous("customers"), nil, "the copy before the first")
            try await replicate(try rows([1], mark: "second"), into: store)
            try ConformanceFailure.unlessEqual(try store.previous("customers"), first, "the copy before")
            try await store.activate(first)
            try ConformanceFailure.unlessEqual(try mark(store), "first 1", "the row after going back")
            try ConformanceFailure.unlessEqual(try store.previous("customers"), nil, "the copy before that")
            try await replicate(try rows([1], mark: "third"), into: store)
            try ConformanceFailure.unlessEqual(try store.previous("customers"), first, "the copy before the third")
        },
        ConformanceClaim("a store knows since when a copy is live, also one that was live before") { store in
            try ConformanceFailure.unlessEqual(try store.liveSince("customers"), nil, "the time of no copy")
            let first = try await store.stage(try rows([1]), for: view(), replicatedAt: moment)
            try await store.activate(first, at: moment)
            try ConformanceFailure.unlessEqual(try store.liveSince("customers"), moment, "the time of the first")
            try await replicate(try rows([1], mark: "second"), into: store)
            let later = moment.adding(milliseconds: 7)
            try await store.activate(first, at: later)
            try ConformanceFailure.unlessEqual(try store.liveSince("customers"), later, "the time of going back")
        },
    ]

    private static func read(_ store: any FeatureStore, times count: Int) throws {
        for _ in 0..<count {
            let rows = try store.lookUp(view: "customers", keys: [.integer(1), .integer(50)]).rows
            let rounds = Set(rows.map { $0?["mark"]?.text.split(separator: " ").first })
            try ConformanceFailure.unless(
                rounds.count == 1 && rounds.first != .some(nil), "one copy answers: \(rounds)")
        }
    }

    @discardableResult
    private static func replicate(
        _ rows: Table, into store: any FeatureStore, view name: String = "customers"
    ) async throws -> FeatureGeneration {
        let staged = try await store.stage(rows, for: view(name), replicatedAt: moment)
        try await store.activate(staged)
        return staged
    }

    private static func mark(_ store: any FeatureStore, _ view: String = "customers") throws -> String? {
        try store.lookUp(view: view, keys: [.integer(1)]).rows.first??["mark"]?.text
    }

    private static func failure(_ work: () async throws -> some Any) async throws -> FeatureError? {
        do {
            _ = try await work()
            return nil
        } catch let error as FeatureError {
            return error
        }
    }
}
