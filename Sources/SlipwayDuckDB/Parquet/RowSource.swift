import CDuckDB
import SlipwayData

/// Rows of this program as a table that a query reads from, some thousand at a time.
// Safe because the query runs on one thread, and whoever made the source waits for it.
final class RowSource: @unchecked Sendable {
    /// The name by which queries call the table.
    static let functionName = "slipway_rows"

    /// What the giver of rows threw, and what ended the query.
    private(set) var failure: DataError?

    private let columns: [ParquetColumn]
    private let rows: () throws(DataError) -> Table?
    private var table: Table?
    /// The rows of the table that were given on.
    private var position = 0

    /// - Parameter rows: Gives the next rows, until it gives `nil`.
    init(_ columns: [ParquetColumn], rows: @escaping () throws(DataError) -> Table?) {
        self.columns = columns
        self.rows = rows
    }

    /// Makes the table known to a database, which keeps the source for as long as it is open.
    ///
    /// - Throws: ``DataError`` of kind `sourceFailed` when the library refuses, or is not the process's own: what it
    ///   calls back is told nothing but what a function of its own gives.
    func register(on database: Database) throws(DataError) {
        let functions = database.functions
        guard Library.shared.isAvailable else { throw DataError(.sourceFailed, Library.shared.reason ?? "") }
        var function = functions.create_table_function()
        defer { functions.destroy_table_function(&function) }
        functions.table_function_set_name(function, Self.functionName)
        functions.table_function_set_extra_info(function, Unmanaged.passRetained(self).toOpaque()) { source in
            if let source { Unmanaged<RowSource>.fromOpaque(source).release() }
        }
        functions.table_function_set_bind(function) { RowSource.bind($0) }
        functions.table_function_set_init(function) { Library.shared.functions?.init_set_max_threads($0, 1) }
        functions.table_function_set_function(function) { RowSource.fill($0, $1) }
        try database.register(function)
    }

    private static func source(_ extra: UnsafeMutableRawPointer?) -> RowSource? {
        extra.map { Unmanaged<RowSource>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Says what columns the table has.
    private static func bind(_ info: OpaquePointer?) {
        guard let functions = Library.shared.functions, let source = source(functions.bind_get_extra_info(info)) else {
            return
        }
        for column in source.columns {
            var type = functions.create_logical_type(column.cellType.number)
            functions.bind_add_result_column(info, column.name, type)
            functions.destroy_logical_type(&type)
        }
    }

    /// Fills a chunk with the next rows; one that is left empty ends the table.
    private static func fill(_ info: OpaquePointer?, _ chunk: OpaquePointer?) {
        guard let functions = Library.shared.functions,
            let source = source(functions.function_get_extra_info(info))
        else { return }
        do throws(DataError) {
            let count = try source.fill(chunk, capacity: Int(clamping: functions.vector_size()), functions)
            functions.data_chunk_set_size(chunk, UInt64(count))
        } catch {
            source.failure = error
            functions.function_set_error(info, error.message)
        }
    }

    private func fill(
        _ chunk: OpaquePointer?, capacity: Int, _ functions: DuckFunctions
    ) throws(DataError) -> Int {
        while position == table?.rowCount ?? 0 {
            table = try rows()
            position = 0
            guard table != nil else { return 0 }
        }
        guard let table, table.columns.map(\.type) == columns.map(\.cellType) else {
            throw DataError(.wrongType, "the rows have other columns than the file")
        }
        let rows = position..<min(position + capacity, table.rowCount)
        for (index, column) in table.columns.enumerated() {
            let vector = functions.data_chunk_get_vector(chunk, UInt64(index))
            VectorWriter(vector: vector, functions: functions).write(column, rows: rows)
        }
        position = rows.upperBound
        return rows.count
    }
}

extension ColumnType {
    /// The library's number of the type.
    var number: Int32 {
        switch self {
        case .boolean: Int32(DUCK_TYPE_BOOLEAN)
        case .integer: Int32(DUCK_TYPE_BIGINT)
        case .number: Int32(DUCK_TYPE_DOUBLE)
        case .string: Int32(DUCK_TYPE_VARCHAR)
        }
    }
}
