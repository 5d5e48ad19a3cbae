import Foundation
public import SlipwayData

/// Computes the digest of a feature view's rows, row by row, so that two holders of the rows can be compared.
///
/// Each cell is written as a tag and its bytes (whole numbers and floating-point bit patterns in little-endian order,
/// texts with their length in front), after the names and types of the columns. The SHA-256 of each piece of
/// ``pieceRowCount`` rows is taken, and the SHA-256 of these in order, so memory stays bounded. Order counts.
public struct FeatureDigest: Sendable {
    /// The rows whose bytes are held at once.
    public static let pieceRowCount = 10_000

    private var piece = Data()
    private var pieceRows = 0
    private var pieces = Data()

    /// Starts with the columns.
    public init(columns: [FeatureColumn]) {
        for column in columns {
            append(column.name)
            append(column.type.rawValue)
        }
        closePiece()
    }

    /// Adds a row, its cells in the order and type of the columns.
    public mutating func add(_ row: [Value]) {
        for cell in row { append(cell) }
        pieceRows += 1
        if pieceRows == Self.pieceRowCount { closePiece() }
    }

    /// The digest of all that was added.
    public consuming func finish() -> SHA256Digest {
        closePiece()
        return SHA256Digest(of: pieces)
    }

    /// The digest of a whole table.
    public static func of(_ table: Table) -> SHA256Digest {
        var digest = FeatureDigest(columns: table.featureColumns)
        for row in 0..<table.rowCount { digest.add(table.row(row)) }
        return digest.finish()
    }

    private mutating func closePiece() {
        pieces.append(Data(SHA256Digest(of: piece).hex.utf8))
        piece.removeAll(keepingCapacity: true)
        pieceRows = 0
    }

    private mutating func append(_ cell: Value) {
        guard !cell.isMissing else {
            piece.append(0)
            return
        }
        switch cell {
        case .missing: break
        case .boolean(let truth): piece.append(truth ? 2 : 1)
        case .integer(let whole):
            piece.append(3)
            append(UInt64(bitPattern: whole))
        case .number(let number):
            piece.append(4)
            // SQLite keeps one zero only.
            append((number == 0 ? 0 : number).bitPattern)
        case .string(let text):
            piece.append(5)
            append(text)
        }
    }

    private mutating func append(_ text: String) {
        append(UInt64(text.utf8.count))
        piece.append(contentsOf: text.utf8)
    }

    private mutating func append(_ bits: UInt64) {
        withUnsafeBytes(of: bits.littleEndian) { piece.append(contentsOf: $0) }
    }
}

extension Table {
    /// The names and types of the columns.
    public var featureColumns: [FeatureColumn] { columns.map { FeatureColumn(name: $0.name, type: $0.type) } }
}
