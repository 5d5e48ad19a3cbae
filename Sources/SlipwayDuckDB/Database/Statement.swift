import CDuckDB
import SlipwayData

/// The owner of a prepared statement.
final class Statement {
    let pointer: OpaquePointer?
    private let functions: DuckFunctions

    init(_ pointer: OpaquePointer?, _ functions: DuckFunctions) {
        self.pointer = pointer
        self.functions = functions
    }

    deinit {
        var pointer = pointer
        functions.destroy_prepare(&pointer)
    }

    /// Whether the statement answers with rows and can change nothing.
    var isQuery: Bool { functions.prepared_statement_type(pointer) == Int32(DUCK_STATEMENT_SELECT) }

    /// Gives the parameters their values, in order.
    func bind(_ parameters: [Value]) throws(DataError) {
        let wanted = Int(clamping: functions.nparams(pointer))
        guard wanted == parameters.count else {
            throw DataError(.sourceFailed, "the query has \(wanted) parameters, and \(parameters.count) are given")
        }
        for (index, value) in parameters.enumerated() {
            guard bind(value, at: UInt64(index) + 1) == DUCK_SUCCESS else {
                throw DataError(.sourceFailed, "DuckDB does not take the value of parameter \(index + 1)")
            }
        }
    }

    private func bind(_ value: Value, at index: UInt64) -> Int32 {
        switch value {
        case .missing: return functions.bind_null(pointer, index)
        case .boolean(let truth): return functions.bind_boolean(pointer, index, truth)
        case .integer(let whole): return functions.bind_int64(pointer, index, whole)
        case .number(let number): return functions.bind_double(pointer, index, number)
        case .string(let text):
            return text.withCString { functions.bind_varchar_length(pointer, index, $0, UInt64(text.utf8.count)) }
        }
    }
}
