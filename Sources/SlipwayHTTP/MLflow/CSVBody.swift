import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing

/// Reads the rows of a CSV body, whose first line names the columns, as records.
enum CSVBody {
    /// One record per row; an empty cell is a missing one.
    ///
    /// - Throws: ``ServingError`` with the line that does not read.
    static func records(in body: ByteBuffer, _ signature: Signature) throws(ServingError) -> [JSONObject] {
        let types = Dictionary(signature.inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        let table: Table
        do {
            table = try CSVReader.table(parsing: Array(body.readableBytesView), types: types)
        } catch {
            throw ServingError(error.kind == .limitExceeded ? .tooLarge : .malformed, error.message, hint: error.hint)
        }
        return table.records
    }
}
