/// Where the rows of a job come from, and where the answers go.
struct ScoringEnds {
    /// The format of the rows.
    let from: RowsFormat
    /// The format of the result; a folder of partitions is made of Parquet.
    let to: RowsFormat
    /// Whether the rows are scored in parts.
    let isParted: Bool

    /// The format of the parts, where there are any: that of the result, or Parquet where it is put together from rows.
    var ofParts: RowsFormat { to == .table ? .parquet : to }

    /// Whether DuckDB reads or writes at either end.
    var needDuckDB: Bool { from == .parquet || (isParted ? ofParts : to) == .parquet }
}
