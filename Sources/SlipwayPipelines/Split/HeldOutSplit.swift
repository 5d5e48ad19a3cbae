public import SlipwayData

/// Splits rows into those to train on and those held out, the same way for the same rows.
///
/// Each row is put by a hash of its content, so the split depends neither on order nor on chance, and a row that stays
/// in the data stays on its side from one retraining to the next.
public struct HeldOutSplit: Sendable {
    /// The share of rows held out, between 0 and 1.
    public var share: Double

    /// Makes a split.
    public init(share: Double = 0.2) {
        self.share = share
    }

    /// The rows to train on and the rows held out.
    ///
    /// - Parameter key: The column that names the entity; all rows of an entity go to the same side. Without it, where
    ///   the table has no such column, and in rows where it is missing, the whole row is hashed.
    /// - Complexity: O(cells).
    public func split(_ table: Table, key: String? = nil) -> (training: Table, heldOut: Table) {
        var training: [Int] = []
        var heldOut: [Int] = []
        let keyColumn = key.flatMap { table[$0] }
        for row in 0..<table.rowCount {
            let entity = keyColumn?[row] ?? .missing
            let cells = entity.isMissing ? table.row(row) : [entity]
            if Self.fraction(of: cells) < share { heldOut.append(row) } else { training.append(row) }
        }
        return (table.selecting(rows: training), table.selecting(rows: heldOut))
    }

    /// A number in [0, 1) made from cells by FNV-1a, mixed once more because FNV's high bits spread slowly.
    private static func fraction(of cells: [Value]) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for cell in cells {
            for byte in cell.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0x1F) &* 0x100_0000_01B3
        }
        hash ^= hash >> 33
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 33
        return Double(hash >> 11) / Double(1 << 53)
    }
}
