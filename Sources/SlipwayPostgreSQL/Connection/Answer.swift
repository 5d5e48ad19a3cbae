import CPostgreSQL
import SlipwayData

/// What a server answered to one statement: rows, or nothing, or a refusal.
///
/// It owns the library's result and frees it at its end.
final class Answer {
    private let functions: PGFunctions
    private let result: OpaquePointer

    init(_ result: OpaquePointer, _ functions: PGFunctions) {
        self.result = result
        self.functions = functions
    }

    deinit { functions.clear(result) }

    /// Why the statement was refused; `nil` when it was done.
    var problem: ServerProblem? {
        let status = Int(functions.resultStatus(result))
        let done = [PG_RESULT_COMMAND_OK, PG_RESULT_TUPLES_OK, PG_RESULT_COPY_IN, PG_RESULT_SINGLE_TUPLE]
        guard !done.contains(status) else { return nil }
        return .refused(
            state: field(PG_FIELD_SQLSTATE) ?? "", message: field(PG_FIELD_MESSAGE) ?? "the statement is not answered",
            hint: field(PG_FIELD_HINT))
    }

    /// Whether the server waits for rows to be copied.
    var takesRows: Bool { Int(functions.resultStatus(result)) == PG_RESULT_COPY_IN }

    /// The rows that the statement inserted, changed, or deleted; 0 for other statements.
    var changedCount: Int { functions.cmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The rows.
    var rowCount: Int { Int(functions.ntuples(result)) }

    /// The columns, each with its name and the number of its type.
    var columns: [(name: String, type: UInt32)] {
        (0..<functions.nfields(result)).map { column in
            (functions.fname(result, column).map { String(cString: $0) } ?? "", functions.ftype(result, column))
        }
    }

    /// The text of a cell; `nil` where it is NULL.
    func text(row: Int, column: Int) -> String? {
        let (row, column) = (Int32(row), Int32(column))
        guard functions.getisnull(result, row, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: functions.getvalue(result, row, column), count: Int(functions.getlength(result, row, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    private func field(_ code: Int) -> String? {
        functions.resultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
}
