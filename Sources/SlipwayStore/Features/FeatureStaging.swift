import SlipwayData
import SlipwayFeatures
import SlipwaySQL

/// The writing of one copy of a feature view, from claiming its number to reading it back.
struct FeatureStaging {
    let database: any SQLDatabase
    let view: FeatureView
    let replicatedAt: Timestamp
    let snapshot: String?

    /// Writes the rows and describes what the store holds then; on a failure nothing stays.
    func run(_ rows: Table) throws -> FeatureGeneration {
        var generation = try claim(columns: rows.featureColumns)
        do {
            let table = try FeatureTable(
                view: view.name, number: generation.number, columns: generation.columns, key: view.key)
            try load(rows, into: table, number: generation.number)
            try database.write { connection in
                try FeatureCatalog(connection).requireStaged(view.name, number: generation.number)
                try connection.execute(table.indexStatement)
                try connection.execute(table.analyseStatement)
            }
            let content = try table.content(in: database)
            (generation.rowCount, generation.digest) = (content.rowCount, content.digest)
            try database.write { connection in
                let catalog = FeatureCatalog(connection)
                try catalog.requireStaged(view.name, number: generation.number)
                try catalog.record(generation)
            }
            return generation
        } catch {
            // Best effort: where the store itself failed, the next replication drops what stays.
            _ = try? database.write { try FeatureCatalog($0).drop(view.name, number: generation.number) }
            throw error
        }
    }

    /// Makes an empty table under a fresh number, and drops what earlier replications left unfinished.
    private func claim(columns: [FeatureColumn]) throws -> FeatureGeneration {
        try database.write { connection in
            let catalog = FeatureCatalog(connection)
            try catalog.dropUnfinished(of: view.name)
            let generation = FeatureGeneration(
                view: view.name, number: try catalog.nextNumber(of: view.name), key: view.key, columns: columns,
                rowCount: 0, digest: FeatureTable.digest(of: columns).finish(), replicatedAt: replicatedAt,
                snapshot: snapshot)
            let table = try FeatureTable(view: view.name, number: generation.number, columns: columns, key: view.key)
            try connection.execute(table.createStatement)
            try catalog.record(generation)
            return generation
        }
    }

    private func load(_ rows: Table, into table: FeatureTable, number: Int) throws {
        for start in stride(from: 0, to: rows.rowCount, by: FeatureTable.batchRowCount) {
            let batch = start..<min(start + FeatureTable.batchRowCount, rows.rowCount)
            try database.write { connection in
                try FeatureCatalog(connection).requireStaged(view.name, number: number)
                try connection.insert(
                    batch.lazy.map { [.integer(Int64($0))] + rows.row($0) }, into: table.name,
                    columns: table.columnNames)
            }
        }
    }
}
