/// The thresholds of each column in order, so that a value can be replaced by its place among them.
///
/// A comparison of a value with a threshold becomes one of small numbers and stays exact, whatever the precision. A
/// place is written as one byte if a column has up to 255 thresholds; more of them make further bytes, each for the
/// next 255, where a place below is the lowest byte and one above the highest.
struct ColumnRanks<Stored: TreeScalar>: Sendable {
    /// The rows that one block of bytes has room for.
    static var blockRows: Int { 256 }
    /// The thresholds that one byte tells apart.
    private static var cutsPerByte: Int { 255 }
    /// More bytes than this are not worth filling for every row.
    private static var byteLimit: Int { 1 << 12 }

    /// The thresholds of all columns in order, column by column.
    private let cuts: FixedArray<Stored>
    /// Where the thresholds of each column begin; one more at the end.
    private let firstCuts: FixedArray<Int32>
    /// Where the bytes of each column begin; one more at the end.
    private let firstBytes: FixedArray<Int32>
    /// The columns that have thresholds.
    private let used: FixedArray<Int32>

    /// Sorts the thresholds of all branches.
    ///
    /// - Returns: `nil` when there are too many.
    init?(_ trees: SplitTrees<Stored>, columnCount: Int) {
        var byColumn = [[Stored]](repeating: [], count: columnCount)
        for node in trees.nodes where !node.isLeaf { byColumn[node.column].append(node.threshold) }
        var cuts: [Stored] = []
        var firstCuts: [Int32] = [0]
        var firstBytes: [Int32] = [0]
        for column in 0..<columnCount {
            var last: Stored?
            for threshold in byColumn[column].sorted() where threshold != last {
                cuts.append(threshold)
                last = threshold
            }
            let count = cuts.count - Int(firstCuts[column])
            firstCuts.append(Int32(cuts.count))
            firstBytes.append(firstBytes[column] + Int32((count + Self.cutsPerByte - 1) / Self.cutsPerByte))
        }
        guard firstBytes[columnCount] <= Self.byteLimit else { return nil }
        used = FixedArray((0..<columnCount).filter { firstBytes[$0] < firstBytes[$0 + 1] }.map { Int32($0) })
        self.cuts = FixedArray(cuts)
        self.firstCuts = FixedArray(firstCuts)
        self.firstBytes = FixedArray(firstBytes)
    }

    /// The bytes of a row.
    var byteCount: Int { Int(firstBytes.start[firstBytes.count - 1]) }

    /// The byte column of a threshold, and the byte up to which a value is at most the threshold.
    ///
    /// - Precondition: The threshold is one of the column's.
    func place(of threshold: Stored, column: Int) -> (column: Int, byte: UInt8) {
        var low = Int(firstCuts.start[column])
        var count = Int(firstCuts.start[column + 1]) - low
        while count > 1 {
            let half = count / 2
            if cuts.start[low + half] <= threshold { low += half }
            count -= half
        }
        let rank = low - Int(firstCuts.start[column])
        let byte = UInt8(truncatingIfNeeded: rank % Self.cutsPerByte)
        return (Int(firstBytes.start[column]) + rank / Self.cutsPerByte, byte ^ 0x80)
    }

    /// Replaces the columns of some rows by bytes.
    ///
    /// Within sixteen rows the order is the one that ``TreeMasks`` undoes by putting planes together.
    ///
    /// - Parameters:
    ///   - bytes: Room for ``byteCount`` times ``blockRows`` bytes, one byte column after another.
    ///   - rows: The columns, each row `width` apart.
    func fill(_ bytes: UnsafeMutablePointer<UInt8>, rows: UnsafePointer<Stored>, width: Int, rowCount: Int) {
        for index in 0..<used.count {
            let column = Int(used.start[index])
            let first = Int(firstCuts.start[column])
            let count = Int(firstCuts.start[column &+ 1]) &- first
            let byteColumn = Int(firstBytes.start[column])
            let target = bytes + byteColumn &* Self.blockRows
            let byteColumns = Int(firstBytes.start[column &+ 1]) &- byteColumn
            var row = 0
            while row < rowCount {
                let ranks = ranks(
                    of: rows + row &* width + column, width: width, rowCount: min(8, rowCount &- row),
                    among: cuts.start + first, count: count)
                // Rows 0...7 of sixteen go to every fourth byte from 0, then from 2; rows 8...15 from 1, then from 3.
                let start = target + (row & ~15) + ((row & 8) >> 3)
                if byteColumns == 1 {
                    Self.write(SIMD8<UInt8>(truncatingIfNeeded: ranks), to: start)
                } else {
                    for part in 0..<byteColumns {
                        let local = (ranks &- UInt32(truncatingIfNeeded: part &* Self.cutsPerByte))
                        let below = SIMD8<Int32>(truncatingIfNeeded: local)
                        let clamped = below.clamped(
                            lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: Int32(Self.cutsPerByte)))
                        Self.write(SIMD8<UInt8>(truncatingIfNeeded: clamped), to: start + part &* Self.blockRows)
                    }
                }
                row &+= 8
            }
        }
    }

    @inline(__always)
    private static func write(_ ranks: SIMD8<UInt8>, to start: UnsafeMutablePointer<UInt8>) {
        // Vectors are compared as signed bytes.
        let bytes = ranks ^ SIMD8(repeating: 0x80)
        start[0] = bytes[0]
        start[4] = bytes[1]
        start[8] = bytes[2]
        start[12] = bytes[3]
        start[2] = bytes[4]
        start[6] = bytes[5]
        start[10] = bytes[6]
        start[14] = bytes[7]
    }

    /// The number of thresholds that each of up to eight values is not at most, by halving, eight searches in step.
    @inline(__always)
    private func ranks(
        of values: UnsafePointer<Stored>, width: Int, rowCount: Int, among cuts: UnsafePointer<Stored>, count: Int
    ) -> SIMD8<UInt32> {
        let last = rowCount &- 1
        let (v0, v1) = (values[0], values[min(1, last) &* width])
        let (v2, v3) = (values[min(2, last) &* width], values[min(3, last) &* width])
        let (v4, v5) = (values[min(4, last) &* width], values[min(5, last) &* width])
        let (v6, v7) = (values[min(6, last) &* width], values[min(7, last) &* width])
        var (a, b, c, d, e, f, g, h) = (0, 0, 0, 0, 0, 0, 0, 0)
        var left = count
        while left > 0 {
            // Half of what is left, rounded up, so that a single threshold is still looked at.
            let half = (left &+ 1) >> 1
            let pivot = cuts + (half &- 1)
            a &+= v0 <= pivot[a] ? 0 : half
            b &+= v1 <= pivot[b] ? 0 : half
            c &+= v2 <= pivot[c] ? 0 : half
            d &+= v3 <= pivot[d] ? 0 : half
            e &+= v4 <= pivot[e] ? 0 : half
            f &+= v5 <= pivot[f] ? 0 : half
            g &+= v6 <= pivot[g] ? 0 : half
            h &+= v7 <= pivot[h] ? 0 : half
            left &-= half
        }
        return SIMD8(
            UInt32(truncatingIfNeeded: a), UInt32(truncatingIfNeeded: b), UInt32(truncatingIfNeeded: c),
            UInt32(truncatingIfNeeded: d), UInt32(truncatingIfNeeded: e), UInt32(truncatingIfNeeded: f),
            UInt32(truncatingIfNeeded: g), UInt32(truncatingIfNeeded: h))
    }
}
