import CDuckDB
import SlipwayData

/// Fills a column of a chunk that the library gave.
struct VectorWriter {
    let vector: OpaquePointer?
    let functions: DuckFunctions

    /// Writes some cells of a column; the vector has room for them.
    func write(_ column: Column, rows: Range<Int>) {
        switch column.values {
        case .booleans(let cells): copy(cells, rows)
        case .integers(let cells): copy(cells, rows)
        case .numbers(let cells): copy(cells, rows)
        case .strings(let cells):
            for (place, row) in rows.enumerated() {
                cells[row].withCString {
                    functions.vector_assign_string_element_len(
                        vector, UInt64(place), $0, UInt64(cells[row].utf8.count))
                }
            }
        }
        guard let validity = column.validity else { return }
        functions.vector_ensure_validity_writable(vector)
        guard let bits = functions.vector_get_validity(vector) else { return }
        for (place, row) in rows.enumerated() where !validity[row] {
            bits[place >> 6] &= ~(1 << UInt64(place & 63))
        }
    }

    private func copy<Cell: BitwiseCopyable>(_ cells: [Cell], _ rows: Range<Int>) {
        guard let start = functions.vector_get_data(vector) else { return }
        cells[rows].withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        }
    }
}
