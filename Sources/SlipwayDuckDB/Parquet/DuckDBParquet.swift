public import SlipwayData

/// Reads and writes Parquet with DuckDB.
///
/// A file that somebody sent is looked through before the library sees it (``ParquetFooter``), lies in memory alone, and
/// is read by a database of its own, which has a bound of memory and of time and opens nothing else.
public struct DuckDBParquet: ParquetFiles {
    /// The most memory that reading or writing a file of our own may take, in bytes.
    static let memoryByteCountMax = 512 << 20
    /// The rows that are written as one group: few, so that a stretch of time is found without reading the rest.
    static let groupRowCount = 16_384

    private let find: @Sendable () -> Library

    /// Takes the library of this process, or another; it is opened when it is first needed, for it is large.
    public init(library: @autoclosure @escaping @Sendable () -> Library = .shared) { find = library }

    private var library: Library { find() }

    /// Why there is no DuckDB; `nil` where there is.
    public var absence: String? { library.reason }

    /// Reads columns of a file in memory; see ``ParquetFiles``.
    public func table(
        parsing bytes: [UInt8], columns wanted: Set<String>, limits: ParquetLimits
    ) throws(DataError) -> Table {
        let footer = try Self.footer(of: bytes, limits)
        let columns = try Self.chosen(wanted, of: footer)
        let file = try DescriptorFile(holding: bytes)
        let database = try Database(
            DatabaseSettings(memoryByteCountMax: limits.memoryByteCountMax, files: [file.name]), library: library)
        let interrupter = Interrupter(after: limits.timeMax)
        interrupter.watch(database)
        defer { withExtendedLifetime(interrupter) {} }
        do {
            let source = "read_parquet(\(SQLText.literal(file.name)))"
            try Self.refuseLongTexts(columns, in: source, of: database, limits)
            let names = columns.map(SQLText.name).joined(separator: ", ")
            return try database.rows(of: "SELECT \(names) FROM \(source)")
                .table(rowCountMax: limits.rowCountMax, cellByteCountMax: limits.cellByteCountMax)
        } catch {
            throw Self.failure(error, in: file.name)
        }
    }

    /// Reads columns of a file; see ``ParquetFiles``.
    public func batches(
        of path: String, columns: [ParquetColumn], in range: ParquetRange?
    ) throws(DataError) -> any TableBatches {
        try OpenParquet(path, columns, range, library)
    }

    /// Writes a new file; see ``ParquetFiles``.
    public func write(
        _ columns: [ParquetColumn], to path: String, rows: @escaping () throws(DataError) -> Table?
    ) throws(DataError) {
        if let reason = library.reason { throw DataError(.unwritable, reason) }
        let file = try DescriptorFile(creating: path)
        let database = try Database(
            DatabaseSettings(memoryByteCountMax: Self.memoryByteCountMax, files: [file.name]), library: library)
        let source = RowSource(columns, rows: rows)
        try source.register(on: database)
        let names = columns.map { column in
            let name = SQLText.name(column.name)
            return column.kind == .times ? "make_timestamp_ms(\(name)) AS \(name)" : name
        }
        do {
            let result = try database.rows(
                of: """
                    COPY (SELECT \(names.joined(separator: ", ")) FROM \(RowSource.functionName)())
                    TO \(SQLText.literal(file.name))
                    (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE \(Self.groupRowCount), USE_TMP_FILE false)
                    """)
            while try result.next() != nil {}
        } catch {
            if let failure = source.failure { throw failure }
            throw DataError(.unwritable, "'\(path)' cannot be written: \(Self.told(error, in: file.name))")
        }
        try file.synchronize()
    }

    private static func footer(of bytes: [UInt8], _ limits: ParquetLimits) throws(DataError) -> ParquetFooter {
        let footer = bytes.withUnsafeBytes { file in
            Result { () throws(DataError) in try ParquetFooter(file, limits: limits) }
        }
        return try footer.get()
    }

    /// The names of the wanted columns that a file has.
    private static func chosen(_ wanted: Set<String>, of footer: ParquetFooter) throws(DataError) -> [String] {
        let chosen = footer.columns.filter { wanted.contains($0.name) }
        guard !chosen.isEmpty else {
            let names = footer.columns.prefix(10).map { "'\($0.name)'" }.joined(separator: ", ")
            throw DataError(.missingColumn, "the Parquet file has no column that is wanted, and has \(names)")
        }
        for column in chosen {
            // The library tells names apart without regard to case, and would take one for the other.
            let isAlone = footer.columns.count { $0.name.lowercased() == column.name.lowercased() } == 1
            guard isAlone else {
                throw DataError(
                    .malformed, "the Parquet file has several columns '\(column.name)', but for the case of letters")
            }
            guard !column.isNested, !column.isRepeated else {
                throw DataError(
                    .wrongType, "column '\(column.name)' of the Parquet file holds lists or structures",
                    hint: "Write one value per row.")
            }
        }
        return chosen.map(\.name)
    }

    /// Measures the texts before any is copied: one that stands once in a dictionary may be that of every row, and the
    /// library's bound of memory does not count its copies.
    private static func refuseLongTexts(
        _ columns: [String], in source: String, of database: Database, _ limits: ParquetLimits
    ) throws(DataError) {
        let names = columns.map(SQLText.name)
        let types = try database.rows(of: "SELECT \(names.joined(separator: ", ")) FROM \(source) LIMIT 0").types
        let lengths = zip(names, types).filter { $1 == .text }.map { "coalesce(sum(strlen(\($0.0))), 0)" }
        guard !lengths.isEmpty else { return }
        let measured = try database.rows(of: "SELECT \(lengths.joined(separator: " + ")) FROM \(source)").table()
        guard let sum = measured.columns.first?[0].asNumber, sum <= Double(limits.cellByteCountMax) else {
            throw DataError(.limitExceeded, "the texts of the Parquet file are too long together")
        }
    }

    private static func failure(_ error: DataError, in file: String) -> DataError {
        switch error.kind {
        case .limitExceeded, .wrongType:
            return error
        default:
            return DataError(.malformed, "the Parquet file cannot be read: \(told(error, in: file))")
        }
    }

    /// What an error says, without the name of the descriptor.
    static func told(_ error: DataError, in file: String) -> String {
        error.message.split(separator: file, omittingEmptySubsequences: false).joined(separator: "it")
    }
}
