import CDuckDB
public import SlipwayData

/// The result of a query, read some thousand rows at a time while the query runs; used by one thread.
public final class Rows {
    /// The names of the columns in order.
    public let names: [String]
    let types: [ResultType]
    private let database: Database
    private let statement: Statement
    private var result: duckdb_result
    /// The rows that the library gave last, of which those before the position were handed out.
    private var chunk: OpaquePointer?
    private var chunkRowCount = 0
    private var position = 0
    private var isEnded = false

    init(running statement: Statement, on database: Database) throws(DataError) {
        self.database = database
        self.statement = statement
        let functions = database.functions
        var result = duckdb_result()
        guard functions.execute_prepared_streaming(statement.pointer, &result) == DUCK_SUCCESS else {
            let message = DuckDBMessage(functions.result_error(&result).map { String(cString: $0) })
            functions.destroy_result(&result)
            throw message.error
        }
        self.result = result
        var names: [String] = []
        var types: [ResultType] = []
        for index in 0..<functions.column_count(&result) {
            let name = functions.column_name(&result, index).map { String(cString: $0) } ?? ""
            var type = functions.column_logical_type(&result, index)
            defer { functions.destroy_logical_type(&type) }
            guard let known = ResultType(type, functions) else {
                functions.destroy_result(&result)
                throw DataError(
                    .wrongType, "column '\(name)' is of a type that is not read",
                    hint: "Truth values, numbers, decimals, texts, dates, and times are; cast it to one of them.")
            }
            names.append(name)
            types.append(known)
        }
        self.names = names
        self.types = types
    }

    /// Gives the library's own description of a column's type.
    func withType(ofColumn index: Int, _ body: (OpaquePointer?) -> Void) {
        var type = database.functions.column_logical_type(&result, UInt64(index))
        body(type)
        database.functions.destroy_logical_type(&type)
    }

    deinit {
        functions.destroy_data_chunk(&chunk)
        functions.destroy_result(&result)
    }

    private var functions: DuckFunctions { database.functions }

    /// The next rows; `nil` at the end.
    ///
    /// - Parameter textByteCountMax: The most bytes of all texts together.
    /// - Throws: ``DataError`` of the query's own failure, `wrongType` for a value that no cell holds, or
    ///   `limitExceeded`.
    public func next(textByteCountMax: Int = .max) throws(DataError) -> Table? {
        try next(textByteCountMax: textByteCountMax, beside: 0)
    }

    /// A table without rows, with the columns of the result.
    public func none() throws(DataError) -> Table {
        try Table(columns: zip(names, types).map { Column(name: $0, values: $1.noCells) })
    }

    /// The next rows, no more than the limits allow; `nil` at the end.
    ///
    /// - Throws: ``DataError``, as ``next(textByteCountMax:)`` does; `limitExceeded` for a row larger than a batch.
    func next(within limits: StreamLimits) throws(DataError) -> Table? {
        guard try fillChunk() else { return nil }
        let cells = cells(of: chunk)
        let texts = zip(cells, types).filter { $1 == .text }.map(\.0)
        let fixedByteCount = 8 * (cells.count - texts.count)
        var (end, byteCount) = (position, 0)
        while end < chunkRowCount, end - position < limits.rowCountMax, byteCount < limits.byteCountMax {
            let rowByteCount = texts.reduce(fixedByteCount) { $0 + $1.textByteCount(of: end) }
            try limits.requireRow(ofByteCount: rowByteCount)
            byteCount += rowByteCount
            end += 1
        }
        defer { position = end }
        return try table(of: cells, rows: position..<end)
    }

    private func next(textByteCountMax: Int, beside byteCount: Int) throws(DataError) -> Table? {
        guard try fillChunk() else { return nil }
        let cells = cells(of: chunk)
        // A text that stands once in the library's memory may be that of every row, and copies would fill ours.
        let textByteCount = zip(cells, types).reduce(0) { sum, pair in
            guard pair.1 == .text else { return sum }
            return (position..<chunkRowCount).reduce(sum) { $0 + pair.0.textByteCount(of: $1) }
        }
        guard textByteCount <= textByteCountMax - byteCount else { throw Self.tooManyBytes(textByteCountMax) }
        defer { position = chunkRowCount }
        return try table(of: cells, rows: position..<chunkRowCount)
    }

    /// Asks the library for rows, where none are left.
    ///
    /// - Returns: Whether there are any.
    private func fillChunk() throws(DataError) -> Bool {
        guard position == chunkRowCount, !isEnded else { return !isEnded }
        functions.destroy_data_chunk(&chunk)
        chunk = functions.fetch_chunk(result)
        position = 0
        chunkRowCount = chunk == nil ? 0 : Int(clamping: functions.data_chunk_get_size(chunk))
        // A failure on the way ends the rows as their end does, and only the result tells them apart.
        if chunk == nil, let message = functions.result_error(&result), message.pointee != 0 {
            throw DuckDBMessage(String(cString: message)).error
        }
        isEnded = chunkRowCount == 0
        return !isEnded
    }

    private func cells(of chunk: OpaquePointer?) -> [VectorCells] {
        names.indices.map { index in
            let vector = functions.data_chunk_get_vector(chunk, UInt64(index))
            return VectorCells(
                name: names[index], data: functions.vector_get_data(vector),
                validity: functions.vector_get_validity(vector))
        }
    }

    private func table(of cells: [VectorCells], rows: Range<Int>) throws(DataError) -> Table {
        var columns: [Column] = []
        columns.reserveCapacity(names.count)
        for (cells, type) in zip(cells, types) { columns.append(try cells.column(of: type, rows: rows)) }
        return try Table(columns: columns)
    }

    /// All rows that are left.
    ///
    /// - Throws: ``DataError``: what ``next()`` throws, or `limitExceeded` beyond the rows or the bytes of cells.
    public func table(rowCountMax: Int = .max, cellByteCountMax: Int = .max) throws(DataError) -> Table {
        var parts: [Table] = []
        var rowCount = 0
        var byteCount = 0
        while let part = try next(textByteCountMax: cellByteCountMax, beside: byteCount) {
            rowCount += part.rowCount
            byteCount += part.cellByteCount
            guard rowCount <= rowCountMax else {
                throw DataError(.limitExceeded, "there are more than \(rowCountMax) rows")
            }
            guard byteCount <= cellByteCountMax else { throw Self.tooManyBytes(cellByteCountMax) }
            parts.append(part)
        }
        return parts.isEmpty ? try none() : try Table.concatenating(parts)
    }

    private static func tooManyBytes(_ limit: Int) -> DataError {
        DataError(.limitExceeded, "the cells have more than \(limit) bytes together")
    }
}

extension ResultType {
    /// A column of this type without rows.
    fileprivate var noCells: Column.Values {
        switch self {
        case .boolean: .booleans([])
        case .int8, .int16, .int32, .int64, .int128, .uint8, .uint16, .uint32, .uint64: .integers([])
        case .float32, .float64, .decimal, .nothing: .numbers([])
        case .text, .date, .timestamp: .strings([])
        }
    }
}
