/// The places of values among the thresholds of their columns, as bytes.
///
/// A comparison of a value with a threshold becomes one of small numbers and stays exact, whatever the precision. A
/// place is written as one byte if a column has up to 255 thresholds; more of them make further bytes, each for the
/// next 255, where a place below is the lowest byte and one above the highest.
///
/// Thresholds lie in the order of a breadth-first search tree, filled up with +∞ to a full one, so that a search is
/// the same few instructions again and again: the next place is twice the last one, and one more for a value above.
struct ColumnRanks<Stored: TreeScalar>: Sendable {
    private struct Search: BitwiseCopyable {
        /// The column that is looked at.
        var column: Int32
        /// Where the thresholds begin.
        var firstCut: Int32
        /// The levels of the search tree.
        var levels: Int32
        /// The bytes that a place takes.
        var byteColumns: Int32
        /// The first byte column of the places; negative when nothing reads them.
        var plain: Int32
        /// The first byte column of the places with NaN as the lowest; negative when nothing reads them.
        var lowered: Int32
    }

    /// The rows that one block of bytes has room for.
    static var blockRows: Int { 512 }
    /// The thresholds that one byte tells apart.
    private static var cutsPerByte: Int { 255 }
    /// More bytes than this are not worth filling for every row.
    private static var byteLimit: Int { 1 << 12 }

    private let searches: FixedArray<Search>
    private let cuts: FixedArray<Stored>
    /// The bytes of a row.
    let byteCount: Int
    /// The columns that are looked at.
    var searchCount: Int { searches.count }
    /// The comparisons that the bytes of a row take.
    let comparisonCount: Int
    /// The columns up to the last one that is looked at.
    let columnCount: Int

    /// Lays out thresholds.
    ///
    /// - Returns: `nil` when there are too many.
    init?(_ sorted: ColumnCuts<Stored>) {
        var searches: [Search] = []
        var cuts: [Stored] = []
        var byteCount = 0
        var comparisonCount = 0
        for search in sorted.searches {
            let levels = Int.bitWidth - search.cuts.count.leadingZeroBitCount
            let byteColumns = (search.cuts.count + Self.cutsPerByte - 1) / Self.cutsPerByte
            var made = Search(
                column: Int32(search.column), firstCut: Int32(cuts.count), levels: Int32(levels),
                byteColumns: Int32(byteColumns), plain: -1, lowered: -1)
            if search.isPlain {
                made.plain = Int32(byteCount)
                byteCount += byteColumns
            }
            if search.isLowered {
                made.lowered = Int32(byteCount)
                byteCount += byteColumns
            }
            comparisonCount += levels
            searches.append(made)
            Self.add(search.cuts, levels: levels, to: &cuts)
        }
        guard byteCount <= Self.byteLimit else { return nil }
        self.searches = FixedArray(searches)
        self.cuts = FixedArray(cuts)
        self.byteCount = byteCount
        self.comparisonCount = comparisonCount
        columnCount = (sorted.searches.map(\.column).max() ?? -1) + 1
    }

    /// Adds sorted thresholds in the order of a full search tree, whose root has the place 1.
    private static func add(_ sorted: [Stored], levels: Int, to cuts: inout [Stored]) {
        cuts.append(.infinity)
        for level in 0..<levels {
            // The nodes of a level are every so many-th of all, from the middle of the first gap on.
            let gap = 1 << (levels - level)
            for rank in stride(from: gap / 2 - 1, to: (1 << levels) - 1, by: gap) {
                cuts.append(rank < sorted.count ? sorted[rank] : .infinity)
            }
        }
    }

    /// The byte column of a branch's threshold, and the byte up to which a value is at most the threshold.
    func place(of branch: MaskBranch) -> (column: Int, byte: UInt8) {
        let search = searches.start[Int(branch.search)]
        let first = Int(branch.isLowered ? search.lowered : search.plain)
        let byte = UInt8(truncatingIfNeeded: Int(branch.rank) % Self.cutsPerByte)
        return (first + Int(branch.rank) / Self.cutsPerByte, byte ^ 0x80)
    }

    /// The number of thresholds that one row's value is not at most, or more for NaN, and whether it is NaN.
    @inline(__always)
    func place(search: Int, row: UnsafePointer<Stored>) -> (place: Int, isMissing: Bool) {
        let search = searches.start + search
        let cuts = cuts.start + Int(search.pointee.firstCut)
        let value = row[Int(search.pointee.column)]
        let levels = Int(search.pointee.levels)
        var place = 1
        for _ in 0..<levels { place = place &+ place &+ value.exceeds(cuts[place]) }
        return (place &- (1 &<< levels), value.isNaN)
    }

    /// Replaces the columns of some rows by bytes.
    ///
    /// Within sixteen rows the order is the one that ``TreeMasks`` undoes by putting planes together.
    ///
    /// - Parameters:
    ///   - bytes: Room for ``byteCount`` times ``blockRows`` bytes, one byte column after another.
    ///   - rows: The columns.
    func fill(_ bytes: UnsafeMutablePointer<UInt8>, _ rows: TreeRows<Stored>) {
        for index in 0..<searches.count {
            let search = searches.start[index]
            let cuts = cuts.start + Int(search.firstCut)
            let column = rows.start + Int(search.column)
            var row = 0
            while row < rows.count {
                let values = Self.eight(column + row &* rows.width, width: rows.width, count: rows.count &- row)
                let ranks = Self.ranks(of: values, among: cuts, levels: Int(search.levels))
                // Rows 0...7 of sixteen go to every fourth byte from 0, then from 2; rows 8...15 from 1, then from 3.
                let start = bytes + ((row & ~15) &+ ((row & 8) >> 3))
                if search.plain >= 0 {
                    Self.write(
                        ranks, to: start + Int(search.plain) &* Self.blockRows, byteColumns: Int(search.byteColumns))
                }
                if search.lowered >= 0 {
                    Self.write(
                        ranks & Self.present(values),
                        to: start + Int(search.lowered) &* Self.blockRows, byteColumns: Int(search.byteColumns))
                }
                row &+= 8
            }
        }
    }

    /// Eight rows' values of one column.
    private typealias Eight = (Stored, Stored, Stored, Stored, Stored, Stored, Stored, Stored)

    /// The values of one column in eight rows; where there are fewer, the last one's again.
    @inline(__always)
    private static func eight(_ column: UnsafePointer<Stored>, width: Int, count: Int) -> Eight {
        let last = count &- 1
        if last >= 7 {
            return (
                column[0], column[width], column[2 &* width], column[3 &* width], column[4 &* width],
                column[5 &* width], column[6 &* width], column[7 &* width]
            )
        }
        return (
            column[0], column[min(1, last) &* width], column[min(2, last) &* width], column[min(3, last) &* width],
            column[min(4, last) &* width], column[min(5, last) &* width], column[min(6, last) &* width],
            column[last &* width]
        )
    }

    /// The number of thresholds that each value is not at most; at least as high as all of them for NaN.
    @inline(__always)
    private static func ranks(of values: Eight, among cuts: UnsafePointer<Stored>, levels: Int) -> SIMD8<UInt32> {
        var (a, b, c, d, e, f, g, h) = (1, 1, 1, 1, 1, 1, 1, 1)
        for _ in 0..<levels {
            a = a &+ a &+ values.0.exceeds(cuts[a])
            b = b &+ b &+ values.1.exceeds(cuts[b])
            c = c &+ c &+ values.2.exceeds(cuts[c])
            d = d &+ d &+ values.3.exceeds(cuts[d])
            e = e &+ e &+ values.4.exceeds(cuts[e])
            f = f &+ f &+ values.5.exceeds(cuts[f])
            g = g &+ g &+ values.6.exceeds(cuts[g])
            h = h &+ h &+ values.7.exceeds(cuts[h])
        }
        let places = SIMD8<UInt32>(
            UInt32(truncatingIfNeeded: a), UInt32(truncatingIfNeeded: b), UInt32(truncatingIfNeeded: c),
            UInt32(truncatingIfNeeded: d), UInt32(truncatingIfNeeded: e), UInt32(truncatingIfNeeded: f),
            UInt32(truncatingIfNeeded: g), UInt32(truncatingIfNeeded: h))
        return places &- SIMD8(repeating: UInt32(1) << UInt32(truncatingIfNeeded: levels))
    }

    /// All bits of the lanes whose value is there.
    @inline(__always)
    private static func present(_ values: Eight) -> SIMD8<UInt32> {
        SIMD8(
            values.0.isNaN ? 0 : .max, values.1.isNaN ? 0 : .max, values.2.isNaN ? 0 : .max,
            values.3.isNaN ? 0 : .max, values.4.isNaN ? 0 : .max, values.5.isNaN ? 0 : .max,
            values.6.isNaN ? 0 : .max, values.7.isNaN ? 0 : .max)
    }

    @inline(__always)
    private static func write(_ ranks: SIMD8<UInt32>, to start: UnsafeMutablePointer<UInt8>, byteColumns: Int) {
        if byteColumns == 1 { return write(SIMD8<UInt8>(truncatingIfNeeded: ranks), to: start) }
        for part in 0..<byteColumns {
            let local = SIMD8<Int32>(truncatingIfNeeded: ranks) &- Int32(truncatingIfNeeded: part &* cutsPerByte)
            let clamped = local.clamped(
                lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: Int32(cutsPerByte)))
            write(SIMD8<UInt8>(truncatingIfNeeded: clamped), to: start + part &* blockRows)
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
}
