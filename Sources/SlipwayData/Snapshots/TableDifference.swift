/// How the rows of one table differ from those of an earlier one: the columns, their number, and what each holds.
public struct TableDifference: Equatable, Sendable {
    /// How a column differs.
    public struct Column: Equatable, Sendable {
        /// The name of the column.
        public var name: String
        /// The column as it was; `nil` for an added one.
        public var before: ColumnProfile?
        /// The column as it is; `nil` for a removed one.
        public var after: ColumnProfile?

        /// Whether the column was added, removed, or got another type.
        public var isSchemaChange: Bool { before?.type != after?.type }
        /// Whether anything is different, as far as profiles tell.
        public var isChanged: Bool { before != after }
        /// The categories that were not there before; `nil` where not all of either side are known.
        public var newCategories: [String]? { Self.categories(of: after, besides: before) }
        /// The categories that are no longer there; `nil` where not all of either side are known.
        public var lostCategories: [String]? { Self.categories(of: before, besides: after) }

        private static func categories(of one: ColumnProfile?, besides other: ColumnProfile?) -> [String]? {
            guard let one = one?.categorical, let other = other?.categorical, one.otherCount == 0, other.otherCount == 0
            else { return nil }
            return one.categories.map(\.name).filter { other.count(of: $0) == 0 }
        }
    }

    /// The number of rows as it was.
    public var rowCountBefore: Int
    /// The number of rows as it is.
    public var rowCountAfter: Int
    /// The columns as they are now in order, then those that were removed.
    public var columns: [Column]

    /// Compares two profiles.
    public init(from before: TableProfile, to after: TableProfile) {
        rowCountBefore = before.rowCount
        rowCountAfter = after.rowCount
        columns = after.columns.map { Column(name: $0.name, before: before[$0.name], after: $0) }
        columns += before.columns.filter { after[$0.name] == nil }.map { Column(name: $0.name, before: $0, after: nil) }
    }
}

extension SnapshotFolder {
    /// The profile of a snapshot's rows, some of which are held at once.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` for a damaged file, or without a reader of Parquet.
    public func profile(of snapshot: Snapshot) throws(DataError) -> TableProfile {
        try requireIntactFile(of: snapshot)
        var profile = TableProfile(columns: snapshot.manifest.columns.map { ($0.name, $0.type) })
        let batches = try batches(of: snapshot)
        while let batch = try batches.next() { try profile.merge(TableProfile(batch)) }
        return profile
    }
}
