import CDuckDB
import SlipwayData
import Synchronization

/// A function of this program over some thousand rows at once, which queries call as one of the library's own.
///
/// It takes the columns of a query, missing cells included, and gives one structure per row.
// Safe because all but the failure is set once, and that is behind a lock; the body is called by many threads.
final class RowFunction: @unchecked Sendable {
    typealias Body = @Sendable (Table) throws(DataError) -> Table

    /// The name by which queries call it.
    static let name = "slipway_function"

    private let parameters: [(name: String, type: ResultType)]
    private let results: [(name: String, type: ColumnType)]
    private let body: Body
    private let firstFailure = Mutex<DataError?>(nil)

    /// What the body threw first, which ended the query.
    var failure: DataError? { firstFailure.withLock { $0 } }

    /// Makes a function known to a database, which keeps it for as long as it is open.
    ///
    /// - Parameters:
    ///   - rows: A query's result, whose columns are the parameters in order.
    ///   - results: A table with the columns of those that `body` gives.
    ///   - body: Gives one row for each row of its table.
    /// - Throws: ``DataError`` of kind `sourceFailed` when the library refuses, or is not the process's own: what it
    ///   calls back is told nothing but what a function of its own gives.
    init(
        on database: Database, parameters rows: Rows, results: Table, body: @escaping Body
    ) throws(DataError) {
        parameters = Array(zip(rows.names, rows.types))
        self.results = results.columns.map { ($0.name, $0.type) }
        self.body = body
        guard Library.shared.isAvailable else { throw DataError(.sourceFailed, Library.shared.reason ?? "") }
        let functions = database.functions
        var function = functions.create_scalar_function()
        defer { functions.destroy_scalar_function(&function) }
        functions.scalar_function_set_name(function, Self.name)
        // Without it a row with a missing cell is not asked about, and equal rows may be asked about once.
        functions.scalar_function_set_special_handling(function)
        functions.scalar_function_set_volatile(function)
        for index in parameters.indices {
            rows.withType(ofColumn: index) { functions.scalar_function_add_parameter(function, $0) }
        }
        Self.withStructure(of: self.results, functions) { functions.scalar_function_set_return_type(function, $0) }
        functions.scalar_function_set_extra_info(function, Unmanaged.passRetained(self).toOpaque()) { function in
            if let function { Unmanaged<RowFunction>.fromOpaque(function).release() }
        }
        functions.scalar_function_set_function(function) { RowFunction.call($0, $1, $2) }
        try database.register(scalar: function)
    }

    private static func withStructure(
        of fields: [(name: String, type: ColumnType)], _ functions: DuckFunctions, _ body: (OpaquePointer?) -> Void
    ) {
        var types = fields.map { functions.create_logical_type($0.type.number) }
        let names = fields.map { $0.name.utf8CString }
        let starts = names.map { name in
            let start = UnsafeMutablePointer<CChar>.allocate(capacity: name.count)
            name.withUnsafeBufferPointer {
                if let first = $0.baseAddress { start.update(from: first, count: $0.count) }
            }
            return start
        }
        defer { starts.forEach { $0.deallocate() } }
        var pointers: [UnsafePointer<CChar>?] = starts.map { UnsafePointer($0) }
        var structure = functions.create_struct_type(&types, &pointers, UInt64(types.count))
        body(structure)
        functions.destroy_logical_type(&structure)
        for index in types.indices { functions.destroy_logical_type(&types[index]) }
    }

    private static func call(_ info: OpaquePointer?, _ chunk: OpaquePointer?, _ output: OpaquePointer?) {
        guard let functions = Library.shared.functions,
            let extra = functions.scalar_function_get_extra_info(info)
        else { return }
        let function = Unmanaged<RowFunction>.fromOpaque(extra).takeUnretainedValue()
        do throws(DataError) {
            try function.answer(chunk, output, functions)
        } catch {
            function.firstFailure.withLock { $0 = $0 ?? error }
            functions.scalar_function_set_error(info, error.message)
        }
    }

    private func answer(
        _ chunk: OpaquePointer?, _ output: OpaquePointer?, _ functions: DuckFunctions
    ) throws(DataError) {
        let count = Int(clamping: functions.data_chunk_get_size(chunk))
        var columns: [Column] = []
        columns.reserveCapacity(parameters.count)
        for (index, parameter) in parameters.enumerated() {
            let vector = functions.data_chunk_get_vector(chunk, UInt64(index))
            let cells = VectorCells(
                name: parameter.name, data: functions.vector_get_data(vector),
                validity: functions.vector_get_validity(vector))
            columns.append(try cells.column(of: parameter.type, rows: 0..<count))
        }
        let answer = try body(try Table(columns: columns))
        guard answer.rowCount == count, answer.columns.map(\.type) == results.map(\.type) else {
            throw DataError(.wrongType, "the rows of the answer are not those that were asked for")
        }
        for (index, column) in answer.columns.enumerated() {
            let vector = functions.struct_vector_get_child(output, UInt64(index))
            VectorWriter(vector: vector, functions: functions).write(column, rows: 0..<count)
        }
    }
}
