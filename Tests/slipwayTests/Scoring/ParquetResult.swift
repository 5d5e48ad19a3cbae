import SlipwayData
import SlipwayDuckDB

/// A Parquet file as a result, which in jobs is no sink: DuckDB takes its rows instead of being given them.
///
/// Here they are gathered and taken at the end; when the file is made, and when it takes its place, is as in jobs.
final class ParquetResult: DataSink {
    private let path: String
    private var rows: [Table] = []
    private var columns: Table?
    private var transformation: Transformation?

    init(path: String) { self.path = path }

    func begin(_ columns: Table) throws(DataError) {
        self.columns = columns
        let kinds = columns.columns.map { ParquetColumn($0.name, .values($0.type)) }
        transformation = try Transformation(
            of: .rows(kinds) { [weak self] () throws(DataError) in self?.next() },
            into: .file(path))
    }

    private func next() -> Table? { rows.isEmpty ? nil : rows.removeFirst() }

    func write(_ rows: Table) throws(DataError) { self.rows.append(rows) }

    func finish() throws(DataError) {
        guard let columns else { return }
        let nothing = Column(name: "slipway_nothing", values: .booleans([]))
        let query = Transformation.Query(
            reading: [columns.names[0]], keeping: columns.names, results: try Table(columns: [nothing]),
            filter: "slipway_nothing"
        ) { (table) throws(DataError) in
            let all = Array(repeating: true, count: table.rowCount)
            return try Table(columns: [Column(name: "slipway_nothing", values: .booleans(all))])
        }
        try transformation.take()?.run(query)
    }
}
