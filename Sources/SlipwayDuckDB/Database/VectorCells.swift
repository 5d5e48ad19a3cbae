import CDuckDB
import SlipwayData

/// The cells of one column of a chunk, in memory of the library that lives as long as the chunk.
struct VectorCells {
    let name: String
    let data: UnsafeMutableRawPointer?
    /// A bit per cell, 1 where it holds a value; `nil` when all do.
    let validity: UnsafeMutablePointer<UInt64>?

    /// Copies the cells of some rows into a column.
    ///
    /// - Throws: ``DataError`` of kind `wrongType` for a value that no cell holds.
    func column(of type: ResultType, rows: Range<Int>) throws(DataError) -> Column {
        let values: Column.Values =
            switch type {
            case .boolean: .booleans(try cells(UInt8.self, rows, absent: false) { $0 != 0 })
            case .int8: .integers(try cells(Int8.self, rows, absent: 0) { Int64($0) })
            case .int16: .integers(try cells(Int16.self, rows, absent: 0) { Int64($0) })
            case .int32: .integers(try cells(Int32.self, rows, absent: 0) { Int64($0) })
            case .int64: .integers(try cells(Int64.self, rows, absent: 0) { $0 })
            case .uint8: .integers(try cells(UInt8.self, rows, absent: 0) { Int64($0) })
            case .uint16: .integers(try cells(UInt16.self, rows, absent: 0) { Int64($0) })
            case .uint32: .integers(try cells(UInt32.self, rows, absent: 0) { Int64($0) })
            case .uint64:
                .integers(try cells(UInt64.self, rows, absent: 0) { (whole) throws(DataError) in try fit(whole) })
            case .int128:
                .integers(
                    try cells(duckdb_hugeint.self, rows, absent: 0) { (whole) throws(DataError) in try fit(whole.value)
                    })
            case .float32: .numbers(try cells(Float.self, rows, absent: .nan) { Double($0) })
            case .float64: .numbers(try cells(Double.self, rows, absent: .nan) { $0 })
            case .decimal(let scale, let byteCount): .numbers(try decimals(rows, scale: scale, byteCount: byteCount))
            case .text: .strings(texts(rows))
            case .date:
                .strings(
                    try cells(Int32.self, rows, absent: "") { (days) throws(DataError) in try moment(ofDay: days) })
            case .timestamp(let unit, let isUTC):
                .strings(
                    try cells(Int64.self, rows, absent: "") { (count) throws(DataError) in
                        try moment(count, in: unit, isUTC: isUTC)
                    })
            case .nothing: .numbers(Array(repeating: .nan, count: rows.count))
            }
        return Column(name: name, values: values, validity: flags(of: type, rows))
    }

    private func isValid(_ row: Int) -> Bool {
        guard let validity else { return true }
        return validity[row >> 6] >> UInt64(row & 63) & 1 == 1
    }

    private func flags(of type: ResultType, _ rows: Range<Int>) -> [Bool]? {
        if type == .nothing { return Array(repeating: false, count: rows.count) }
        guard validity != nil else { return nil }
        let flags = rows.map(isValid)
        return flags.allSatisfy(\.self) ? nil : flags
    }

    private func cells<Raw, Cell>(
        _ raw: Raw.Type, _ rows: Range<Int>, absent: Cell, _ convert: (Raw) throws(DataError) -> Cell
    ) throws(DataError) -> [Cell] {
        guard let start = data?.assumingMemoryBound(to: Raw.self) else {
            return Array(repeating: absent, count: rows.count)
        }
        var cells: [Cell] = []
        cells.reserveCapacity(rows.count)
        for row in rows { cells.append(isValid(row) ? try convert(start[row]) : absent) }
        return cells
    }

    /// The bytes of a text of a column of texts.
    func textByteCount(of row: Int) -> Int {
        guard let start = data?.assumingMemoryBound(to: duckdb_string.self), isValid(row) else { return 0 }
        return Int(start[row].length)
    }

    private func texts(_ rows: Range<Int>) -> [String] {
        guard let start = data?.assumingMemoryBound(to: duckdb_string.self) else {
            return Array(repeating: "", count: rows.count)
        }
        return rows.map { row in
            guard isValid(row) else { return "" }
            let bytes = UnsafeRawBufferPointer(start: duckText(start + row), count: Int(start[row].length))
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private func decimals(_ rows: Range<Int>, scale: Int, byteCount: Int) throws(DataError) -> [Double] {
        switch byteCount {
        case 2: try cells(Int16.self, rows, absent: .nan) { DecimalNumber.value(Int128($0), scale: scale) }
        case 4: try cells(Int32.self, rows, absent: .nan) { DecimalNumber.value(Int128($0), scale: scale) }
        case 8: try cells(Int64.self, rows, absent: .nan) { DecimalNumber.value(Int128($0), scale: scale) }
        default: try cells(duckdb_hugeint.self, rows, absent: .nan) { DecimalNumber.value($0.value, scale: scale) }
        }
    }

    private func fit(_ whole: some BinaryInteger) throws(DataError) -> Int64 {
        guard let whole = Int64(exactly: whole) else {
            throw DataError(.wrongType, "column '\(name)' holds \(whole), which is no whole number of 64 bits")
        }
        return whole
    }

    private func moment(ofDay days: Int32) throws(DataError) -> String {
        guard let text = ISOText.date(days: Int64(days)) else { throw outOfRange }
        return text
    }

    private func moment(_ count: Int64, in unit: ResultType.Unit, isUTC: Bool) throws(DataError) -> String {
        guard let text = ISOText.time(count, perSecond: unit.rawValue, isUTC: isUTC) else { throw outOfRange }
        return text
    }

    private var outOfRange: DataError {
        DataError(.wrongType, "column '\(name)' holds a time outside the years 0 to 9999")
    }
}

extension duckdb_hugeint {
    /// The number.
    fileprivate var value: Int128 { Int128(upper) << 64 | Int128(lower) }
}
