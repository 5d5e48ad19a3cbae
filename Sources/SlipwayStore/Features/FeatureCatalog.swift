import Foundation
import SlipwayData
import SlipwayFeatures
import SlipwaySQL

/// The record of which copies of feature views there are and which are live, as one connection sees it.
struct FeatureCatalog {
    private let connection: any SQLConnection

    init(_ connection: any SQLConnection) { self.connection = connection }

    /// The number of the live copy, or `nil` when there is none.
    func liveNumber(of view: String) throws -> Int? {
        guard !view.utf8.contains(0) else { return nil }
        return try connection.queryFirst("select live_number from feature_views where name = $1", [.string(view)])?
            .integerIfPresent("live_number")
    }

    /// When the live copy was switched to, or `nil` when there is none, or nobody noted it.
    func liveSince(_ view: String) throws -> Timestamp? {
        guard !view.utf8.contains(0) else { return nil }
        return try connection.queryFirst("select live_since from feature_views where name = $1", [.string(view)])?
            .textIfPresent("live_since").flatMap { Timestamp($0) }
    }

    /// The live copy, or `nil` when there is none.
    func live(_ view: String) throws -> FeatureGeneration? {
        try liveNumber(of: view).flatMap { try generation(of: view, number: $0) }
    }

    /// The live copies of all views, by name.
    func liveGenerations() throws -> [FeatureGeneration] {
        try connection.query(
            """
            select g.* from feature_generations g join feature_views v on v.name = g.view_name
            where v.live_number = g.number
            """
        ).map(generation(from:)).sorted { $0.view < $1.view }
    }

    /// The copy that was live before the live one, or `nil` when there is none.
    func previous(_ view: String) throws -> FeatureGeneration? {
        guard let live = try liveNumber(of: view) else { return nil }
        return try numbers(of: view).filter { $0 < live }.max().flatMap { try generation(of: view, number: $0) }
    }

    /// One copy, or `nil` when it is not there.
    func generation(of view: String, number: Int) throws -> FeatureGeneration? {
        try connection.queryFirst(
            "select * from feature_generations where view_name = $1 and number = $2",
            [.string(view), .integer(Int64(number))]
        ).map(generation(from:))
    }

    /// Takes the next number for a copy of a view; no number is given out twice, also when its copy is dropped.
    ///
    /// All views count together, because SQLite takes `fv_a_1` and `fv_A_1` for one table.
    func nextNumber(of view: String) throws -> Int {
        let row = try connection.queryFirst("select coalesce(max(last_number), 0) + 1 as next from feature_views")
        let next = try row?.integer("next") ?? 1
        try connection.execute(
            """
            insert into feature_views (name, last_number) values ($1, $2)
            on conflict (name) do update set last_number = excluded.last_number
            """, [.string(view), .integer(Int64(next))])
        return next
    }

    /// Records a copy, or what is known of it by now.
    func record(_ generation: FeatureGeneration) throws {
        let columns = String(decoding: try JSONEncoder().encode(generation.columns), as: UTF8.self)
        try connection.execute(
            """
            insert into feature_generations
                (view_name, number, table_name, key_column, columns, row_count, digest, replicated_at, snapshot)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (view_name, number) do update set row_count = excluded.row_count, digest = excluded.digest
            """,
            [
                .string(generation.view), .integer(Int64(generation.number)),
                .string(FeatureTable.name(view: generation.view, number: generation.number)),
                .string(generation.key), .string(columns), .integer(Int64(generation.rowCount)),
                .string(generation.digest.hex), .string(generation.replicatedAt.description),
                generation.snapshot.map { .string($0) } ?? .missing,
            ])
    }

    /// Points at a copy.
    ///
    /// - Returns: The number of the copy that was live.
    func activate(_ generation: FeatureGeneration, at now: Timestamp) throws -> Int? {
        try requireStaged(generation.view, number: generation.number)
        let previous = try liveNumber(of: generation.view)
        try connection.execute(
            "update feature_views set live_number = $1, live_since = $2 where name = $3",
            [.integer(Int64(generation.number)), .string(now.description), .string(generation.view)])
        return previous
    }

    /// Makes sure that a later replication has not dropped the copy.
    func requireStaged(_ view: String, number: Int) throws {
        guard try generation(of: view, number: number) != nil else {
            throw FeatureError(
                .superseded, "a later replication of feature view '\(view)' took the place of this one",
                hint: "Let one replication finish before the next one starts.")
        }
    }

    /// Drops the copies that were staged after the live one: their replications were killed, or are overtaken now.
    func dropUnfinished(of view: String) throws {
        let live = try liveNumber(of: view) ?? 0
        for number in try numbers(of: view) where number > live { try drop(view, number: number) }
    }

    /// Drops the copies below a number.
    func dropGenerations(of view: String, below number: Int) throws {
        for old in try numbers(of: view) where old < number { try drop(view, number: old) }
    }

    /// Drops one copy.
    func drop(_ view: String, number: Int) throws {
        try connection.execute(FeatureTable.dropStatement(FeatureTable.name(view: view, number: number)))
        try connection.execute(
            "delete from feature_generations where view_name = $1 and number = $2",
            [.string(view), .integer(Int64(number))])
    }

    private func numbers(of view: String) throws -> [Int] {
        try connection.query("select number from feature_generations where view_name = $1", [.string(view)])
            .map { row in try row.integer("number") }
    }

    private func generation(from row: SQLRow) throws -> FeatureGeneration {
        let view = try row.text("view_name")
        let columns = try JSONDecoder().decode([FeatureColumn].self, from: Data(try row.text("columns").utf8))
        guard let digest = SHA256Digest(hex: try row.text("digest")),
            let replicatedAt = Timestamp(try row.text("replicated_at"))
        else {
            throw FeatureError(.storeFailed, "the record of feature view '\(view)' in the store is damaged")
        }
        return FeatureGeneration(
            view: view, number: try row.integer("number"), key: try row.text("key_column"), columns: columns,
            rowCount: try row.integer("row_count"), digest: digest, replicatedAt: replicatedAt,
            snapshot: try row.textIfPresent("snapshot"))
    }
}
