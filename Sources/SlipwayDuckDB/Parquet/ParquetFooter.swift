import SlipwayData

/// The footer of a Parquet file, as far as it is looked at before the library sees the file.
///
/// The library makes room for what a footer says before it has read it: a hundred bytes could ask for twenty gigabytes.
/// So each list is checked against the bytes behind it, each offset against the file, and the tree of columns for its
/// depth; a footer with a list that the format does not know is refused. What the fields mean is fixed by the format's
/// definition, `parquet.thrift` of Apache Parquet, version 2.12.
struct ParquetFooter: Equatable {
    /// A column of the table, which may hold columns of its own.
    struct Column: Equatable {
        var name: String
        /// Whether it holds columns, as lists and structures do.
        var isNested: Bool
        /// Whether a row may hold several values.
        var isRepeated: Bool
    }

    /// The largest footer, in bytes.
    static let byteCountMax = 1 << 20
    /// The most groups of rows.
    static let groupCountMax = 1_000
    /// The most pieces of columns, over all groups of rows.
    static let chunkCountMax = 20_000
    /// The most parts of any other list.
    static let partCountMax = 4_096
    /// How deep columns may lie in each other.
    static let columnDepthMax = 16

    private static let mark = Array("PAR1".utf8)
    private static let encryptedMark = Array("PARE".utf8)
    /// The bytes of the footer's length and the mark behind it.
    private static let tailByteCount = 8

    /// The columns in order.
    private(set) var columns: [Column] = []
    /// The rows of all groups.
    private(set) var rowCount = 0

    private let limits: ParquetLimits
    /// Where the footer begins, and so where the pages must have ended.
    private let start: Int
    private var statedRowCount = 0
    private var leafCount = 0
    private var chunkCount = 0
    /// The bytes of all pieces of columns, which share none.
    private var chunkByteCount = 0

    static func == (left: ParquetFooter, right: ParquetFooter) -> Bool {
        left.columns == right.columns && left.rowCount == right.rowCount
    }

    /// Reads the footer of a file.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, or `limitExceeded` for more rows or columns than are taken.
    init(_ file: UnsafeRawBufferPointer, limits: ParquetLimits) throws(DataError) {
        self.limits = limits
        let tail = file.count - Self.tailByteCount
        guard tail >= Self.mark.count, file.starts(with: Self.mark) else {
            throw CompactReader.malformed("it does not begin and end as one")
        }
        let end = file[(file.count - Self.mark.count)...]
        guard end.elementsEqual(Self.mark) else {
            let isEncrypted = end.elementsEqual(Self.encryptedMark)
            throw CompactReader.malformed(isEncrypted ? "it is encrypted" : "it does not begin and end as one")
        }
        let length = Int(UInt32(littleEndian: file.loadUnaligned(fromByteOffset: tail, as: UInt32.self)))
        guard length <= tail - Self.mark.count else { throw CompactReader.malformed("its footer is longer than it") }
        guard length <= Self.byteCountMax else {
            throw DataError(.limitExceeded, "the footer of the Parquet file has more than \(Self.byteCountMax) bytes")
        }
        start = tail - length
        var reader = CompactReader(UnsafeRawBufferPointer(rebasing: file[start..<tail]))
        try readFile(&reader)
        guard statedRowCount == rowCount else { throw CompactReader.malformed("its rows are not as many as it says") }
    }

    private mutating func readFile(_ reader: inout CompactReader) throws(DataError) {
        var field: Int16 = 0
        var hasSchema = false
        while let kind = try reader.field(after: &field) {
            switch (field, kind) {
            case (2, .list) where !hasSchema:
                try readSchema(&reader)
                hasSchema = true
            case (3, .int64): statedRowCount = try Self.size(&reader)
            case (4, .list):
                // The groups are held against the columns, which every writer puts before them.
                guard hasSchema, chunkCount == 0, rowCount == 0 else {
                    throw CompactReader.malformed("it is out of order")
                }
                let count = try reader.count(ofListOf: .structure, countMax: Self.groupCountMax)
                for _ in 0..<count { try readGroup(&reader) }
            case (5, .list), (7, .list): try reader.skipList(of: .structure, countMax: Self.partCountMax)
            case (8, _), (9, _): throw CompactReader.malformed("it is encrypted")
            default: try reader.skip(kind)
            }
        }
        guard hasSchema else { throw CompactReader.malformed("it names no columns") }
    }

    // MARK: - Columns

    private mutating func readSchema(_ reader: inout CompactReader) throws(DataError) {
        let count = try reader.count(ofListOf: .structure, countMax: limits.columnCountMax + 1)
        /// How many columns are still to come at each depth, the root's own last place first.
        var open: [Int] = []
        for index in 0..<count {
            let element = try Self.element(&reader)
            while open.last == 0 { open.removeLast() }
            guard index == 0 || !open.isEmpty else { throw CompactReader.malformed("its columns are no tree") }
            if !open.isEmpty { open[open.count - 1] -= 1 }
            if open.count == 1 {
                columns.append(
                    Column(name: element.name, isNested: element.childCount != nil, isRepeated: element.isRepeated))
            }
            if let children = element.childCount {
                open.append(children)
            } else if index == 0 {
                throw CompactReader.malformed("it has no columns")
            } else {
                leafCount += 1
            }
            guard open.count <= Self.columnDepthMax else {
                throw DataError(.limitExceeded, "the columns of the Parquet file lie too deep in each other")
            }
        }
        guard open.allSatisfy({ $0 == 0 }), leafCount > 0 else {
            throw CompactReader.malformed("its columns are no tree")
        }
    }

    private static func element(
        _ reader: inout CompactReader
    ) throws(DataError) -> (name: String, childCount: Int?, isRepeated: Bool) {
        var field: Int16 = 0
        var name: String?
        var childCount: Int?
        var isRepeated = false
        while let kind = try reader.field(after: &field) {
            switch (field, kind) {
            case (3, .int32): isRepeated = try reader.whole() == 2
            case (4, .binary): name = try reader.text()
            case (5, .int32): childCount = try size(&reader)
            default: try reader.skip(kind)
            }
        }
        guard let name else { throw CompactReader.malformed("a column has no name") }
        // Some writers give leaves a count of none.
        return (name, childCount == 0 ? nil : childCount, isRepeated)
    }

    // MARK: - Groups of rows

    private mutating func readGroup(_ reader: inout CompactReader) throws(DataError) {
        var field: Int16 = 0
        var rowCount = 0
        var chunks = 0
        while let kind = try reader.field(after: &field) {
            switch (field, kind) {
            case (1, .list):
                chunks = try reader.count(ofListOf: .structure, countMax: limits.columnCountMax)
                chunkCount += chunks
                guard chunkCount <= Self.chunkCountMax else {
                    throw DataError(.limitExceeded, "the Parquet file has more than \(Self.chunkCountMax) pieces")
                }
                for _ in 0..<chunks { try readChunk(&reader) }
            case (3, .int64): rowCount = try Self.size(&reader)
            case (4, .list): try reader.skipList(of: .structure, countMax: Self.partCountMax)
            default: try reader.skip(kind)
            }
        }
        guard chunks == leafCount else { throw CompactReader.malformed("a group of rows has other columns") }
        let (sum, overflow) = self.rowCount.addingReportingOverflow(rowCount)
        guard !overflow, sum <= limits.rowCountMax else {
            throw DataError(.limitExceeded, "the Parquet file has more than \(limits.rowCountMax) rows")
        }
        self.rowCount = sum
    }

    private mutating func readChunk(_ reader: inout CompactReader) throws(DataError) {
        var field: Int16 = 0
        var hasMetadata = false
        while let kind = try reader.field(after: &field) {
            switch (field, kind) {
            case (1, _): throw CompactReader.malformed("a part of it lies in another file")
            case (3, .structure):
                try readChunkMetadata(&reader)
                hasMetadata = true
            case (8, _), (9, _): throw CompactReader.malformed("it is encrypted")
            default: try reader.skip(kind)
            }
        }
        guard hasMetadata else { throw CompactReader.malformed("a column is not described") }
    }

    private mutating func readChunkMetadata(_ reader: inout CompactReader) throws(DataError) {
        var field: Int16 = 0
        var (valueCount, size, first, dictionary) = (0, 0, 0, 0)
        while let kind = try reader.field(after: &field) {
            switch (field, kind) {
            case (2, .list): try reader.skipList(of: .int32, countMax: Self.partCountMax)
            case (3, .list): try reader.skipList(of: .binary, countMax: Self.columnDepthMax)
            case (5, .int64): valueCount = try Self.size(&reader)
            case (6, .int64): _ = try Self.size(&reader)
            case (7, .int64): size = try Self.size(&reader)
            case (8, .list), (13, .list): try reader.skipList(of: .structure, countMax: Self.partCountMax)
            case (9, .int64): first = try Self.size(&reader)
            case (11, .int64): dictionary = try Self.size(&reader)
            case (16, .structure): try Self.skipStatistics(lists: [2: .int64, 3: .int64], &reader)
            case (17, .structure): try Self.skipStatistics(lists: [2: .int32], &reader)
            default: try reader.skip(kind)
            }
        }
        // Arrow tells no place for the values of a column that has none.
        if valueCount == 0, first == 0 { first = max(dictionary, Self.mark.count) }
        let begin = dictionary > 0 ? min(dictionary, first) : first
        guard begin >= Self.mark.count, begin <= start, size <= start - begin else {
            throw CompactReader.malformed("a column lies outside of it")
        }
        // One that was read for every column and every group would keep a processor for hours.
        chunkByteCount += size
        guard chunkByteCount <= start else { throw CompactReader.malformed("its columns lie upon each other") }
    }

    // MARK: - What is passed over

    /// Passes over statistics, of which some fields are lists of numbers.
    private static func skipStatistics(
        lists: [Int16: CompactReader.Kind], _ reader: inout CompactReader
    ) throws(DataError) {
        var field: Int16 = 0
        while let kind = try reader.field(after: &field) {
            if kind == .list, let element = lists[field] {
                try reader.skipList(of: element, countMax: partCountMax)
            } else {
                try reader.skip(kind)
            }
        }
    }

    private static func size(_ reader: inout CompactReader) throws(DataError) -> Int {
        let number = try reader.whole()
        guard number >= 0 else { throw CompactReader.malformed("a size is negative") }
        return Int(number)
    }
}
