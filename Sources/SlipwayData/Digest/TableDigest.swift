import Crypto

/// Computes the digest of a table's content, whatever the order of its rows and whatever file they come from.
///
/// Each row becomes the SHA-256 of its cells in the order of the columns, each a tag and its bytes: whole numbers and
/// bit patterns of numbers in little-endian order, texts with their length in front. The digest is the SHA-256 of the
/// names and types of the columns, followed by those of all rows in ascending order. So a query without `order by`, whose
/// rows come in another order each time, has one digest; a row that occurs twice counts twice. As everywhere, NaN is a
/// missing cell, and both zeros are one number.
///
/// It holds 32 bytes for each row.
public struct TableDigest: Sendable {
    /// The rows whose bytes are held at once.
    static let pieceRowCount = 1_024

    private let types: [ColumnType]
    private var hash = SHA256()
    private var rows: [RowHash] = []
    private var piece = [[UInt8]](repeating: [], count: pieceRowCount)

    /// Starts with the columns.
    public init(columns: [(name: String, type: ColumnType)]) {
        types = columns.map(\.type)
        var bytes: [UInt8] = []
        for column in columns {
            Self.append(column.name, to: &bytes)
            Self.append(column.type.rawValue, to: &bytes)
        }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// Adds the rows of a table with the columns, in their order.
    ///
    /// - Throws: ``DataError`` of kind `wrongType` for columns of other types.
    /// - Complexity: O(cells).
    public mutating func add(_ table: Table) throws(DataError) {
        guard table.columns.map(\.type) == types else {
            throw DataError(.wrongType, "the rows have columns of other types")
        }
        rows.reserveCapacity(rows.count + table.rowCount)
        for start in stride(from: 0, to: table.rowCount, by: Self.pieceRowCount) {
            let range = start..<min(start + Self.pieceRowCount, table.rowCount)
            for place in 0..<range.count { piece[place].removeAll(keepingCapacity: true) }
            for column in table.columns { append(column, rows: range) }
            for place in 0..<range.count { rows.append(RowHash(of: piece[place])) }
        }
    }

    /// The digest of all that was added.
    ///
    /// - Complexity: O(n log n) for n rows.
    public consuming func finish() -> SHA256Digest {
        rows.sort()
        rows.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return SHA256Digest(hash.finalize())
    }

    /// The digest of a whole table.
    public static func of(_ table: Table) -> SHA256Digest {
        var digest = TableDigest(columns: table.columns.map { ($0.name, $0.type) })
        // The columns are the table's own.
        try? digest.add(table)
        return digest.finish()
    }

    private mutating func append(_ column: Column, rows: Range<Int>) {
        switch column.values {
        case .booleans(let cells):
            append(cells, rows, column.validity) { $1.append($0 ? 2 : 1) }
        case .integers(let cells):
            append(cells, rows, column.validity) { cell, bytes in
                bytes.append(3)
                Self.append(UInt64(bitPattern: cell), to: &bytes)
            }
        case .numbers(let cells):
            append(cells, rows, column.validity) { cell, bytes in
                guard !cell.isNaN else { return bytes.append(0) }
                bytes.append(4)
                Self.append((cell == 0 ? 0 : cell).bitPattern, to: &bytes)
            }
        case .strings(let cells):
            append(cells, rows, column.validity) { cell, bytes in
                bytes.append(5)
                Self.append(cell, to: &bytes)
            }
        }
    }

    private mutating func append<Cell>(
        _ cells: [Cell], _ rows: Range<Int>, _ validity: [Bool]?, write: (Cell, inout [UInt8]) -> Void
    ) {
        for (place, row) in rows.enumerated() {
            if validity?[row] ?? true { write(cells[row], &piece[place]) } else { piece[place].append(0) }
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ bits: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

extension TableDigest {
    /// The 32 bytes of a SHA-256, which lie in memory as they are compared.
    private struct RowHash: Comparable {
        private let words: SIMD4<UInt64>

        init(of bytes: [UInt8]) {
            var hash = SHA256()
            bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
            words = hash.finalize().withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
        }

        static func < (left: RowHash, right: RowHash) -> Bool {
            if left.words.x != right.words.x { return left.words.x.bigEndian < right.words.x.bigEndian }
            if left.words.y != right.words.y { return left.words.y.bigEndian < right.words.y.bigEndian }
            if left.words.z != right.words.z { return left.words.z.bigEndian < right.words.z.bigEndian }
            return left.words.w.bigEndian < right.words.w.bigEndian
        }
    }
}
