import CDuckDB

/// The types of columns that are read from a query's result.
enum ResultType: Equatable {
    /// The parts of a second in which a time is counted.
    enum Unit: Int64 {
        case seconds = 1
        case milliseconds = 1_000
        case microseconds = 1_000_000
        case nanoseconds = 1_000_000_000
    }

    case boolean
    case int8, int16, int32, int64, int128
    case uint8, uint16, uint32, uint64
    case float32, float64
    /// A number of digits before a power of ten, stored as a whole number of some bytes.
    case decimal(scale: Int, byteCount: Int)
    case text
    /// Days since 1970.
    case date
    case timestamp(Unit, isUTC: Bool)
    /// A column without any value.
    case nothing

    /// The type of a column; `nil` for one that is not read.
    init?(_ type: OpaquePointer?, _ functions: DuckFunctions) {
        switch functions.get_type_id(type) {
        case Int32(DUCK_TYPE_BOOLEAN): self = .boolean
        case Int32(DUCK_TYPE_TINYINT): self = .int8
        case Int32(DUCK_TYPE_SMALLINT): self = .int16
        case Int32(DUCK_TYPE_INTEGER): self = .int32
        case Int32(DUCK_TYPE_BIGINT): self = .int64
        case Int32(DUCK_TYPE_HUGEINT): self = .int128
        case Int32(DUCK_TYPE_UTINYINT): self = .uint8
        case Int32(DUCK_TYPE_USMALLINT): self = .uint16
        case Int32(DUCK_TYPE_UINTEGER): self = .uint32
        case Int32(DUCK_TYPE_UBIGINT): self = .uint64
        case Int32(DUCK_TYPE_FLOAT): self = .float32
        case Int32(DUCK_TYPE_DOUBLE): self = .float64
        case Int32(DUCK_TYPE_VARCHAR): self = .text
        case Int32(DUCK_TYPE_DATE): self = .date
        case Int32(DUCK_TYPE_TIMESTAMP_S): self = .timestamp(.seconds, isUTC: false)
        case Int32(DUCK_TYPE_TIMESTAMP_MS): self = .timestamp(.milliseconds, isUTC: false)
        case Int32(DUCK_TYPE_TIMESTAMP): self = .timestamp(.microseconds, isUTC: false)
        case Int32(DUCK_TYPE_TIMESTAMP_NS): self = .timestamp(.nanoseconds, isUTC: false)
        case Int32(DUCK_TYPE_TIMESTAMP_TZ): self = .timestamp(.microseconds, isUTC: true)
        case Int32(DUCK_TYPE_SQLNULL): self = .nothing
        case Int32(DUCK_TYPE_DECIMAL):
            guard let byteCount = Self.byteCount(ofDecimal: functions.decimal_internal_type(type)) else { return nil }
            self = .decimal(scale: Int(functions.decimal_scale(type)), byteCount: byteCount)
        default: return nil
        }
    }

    private static func byteCount(ofDecimal storage: Int32) -> Int? {
        switch storage {
        case Int32(DUCK_TYPE_SMALLINT): 2
        case Int32(DUCK_TYPE_INTEGER): 4
        case Int32(DUCK_TYPE_BIGINT): 8
        case Int32(DUCK_TYPE_HUGEINT): 16
        default: nil
        }
    }

    /// Types with their names in SQL; each value below is of its type.
    private static let known: [(sql: String, type: ResultType)] = [
        ("true", .boolean), ("1::TINYINT", .int8), ("1::SMALLINT", .int16), ("1::INTEGER", .int32),
        ("1::BIGINT", .int64), ("1::HUGEINT", .int128), ("1::UTINYINT", .uint8), ("1::USMALLINT", .uint16),
        ("1::UINTEGER", .uint32), ("1::UBIGINT", .uint64), ("1::FLOAT", .float32), ("1::DOUBLE", .float64),
        ("''::VARCHAR", .text), ("'2026-03-01'::DATE", .date),
        ("'2026-03-01'::TIMESTAMP_S", .timestamp(.seconds, isUTC: false)),
        ("'2026-03-01'::TIMESTAMP_MS", .timestamp(.milliseconds, isUTC: false)),
        ("'2026-03-01'::TIMESTAMP", .timestamp(.microseconds, isUTC: false)),
        ("'2026-03-01'::TIMESTAMP_NS", .timestamp(.nanoseconds, isUTC: false)),
        ("1::DECIMAL(4,1)", .decimal(scale: 1, byteCount: 2)), ("1::DECIMAL(9,2)", .decimal(scale: 2, byteCount: 4)),
        ("1::DECIMAL(18,3)", .decimal(scale: 3, byteCount: 8)), ("1::DECIMAL(38,4)", .decimal(scale: 4, byteCount: 16)),
    ]

    /// Whether a library numbers its types as they are declared here, by columns of known types.
    static func areKnown(to functions: DuckFunctions) -> Bool {
        do {
            let database = try Database(DatabaseSettings(), functions: functions)
            let rows = try database.rows(of: "SELECT " + known.map(\.sql).joined(separator: ", "))
            return rows.types == known.map(\.type)
        } catch {
            return false
        }
    }
}
