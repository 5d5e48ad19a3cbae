import SlipwayData

/// A part of a job that is done: what the log of parts says of it.
struct ScoredPart: Equatable {
    /// The rows that were scored.
    let rowCount: Int
    /// The rows that were set aside.
    let badRowCount: Int
    /// The rows that the signature does not allow.
    let outsideCount: Int
    /// The length of the part's file.
    let byteCount: Int
    /// The digest of the part's file.
    let digest: SHA256Digest
    /// How long it took.
    let seconds: Double

    /// Describes a part.
    init(
        rowCount: Int, badRowCount: Int, outsideCount: Int, byteCount: Int, digest: SHA256Digest, seconds: Double
    ) {
        self.rowCount = rowCount
        self.badRowCount = badRowCount
        self.outsideCount = outsideCount
        self.byteCount = byteCount
        self.digest = digest
        self.seconds = seconds
    }

    /// Reads what ``json`` wrote; `nil` for anything else.
    init?(_ json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        func whole(_ name: String) -> Int? {
            guard case .integer(let number)? = members[name], number >= 0 else { return nil }
            return Int(number)
        }
        guard let rowCount = whole("rows"), let badRowCount = whole("bad_rows"), let outsideCount = whole("outside"),
            let byteCount = whole("bytes"), case .string(let hex)? = members["digest"],
            let digest = SHA256Digest(hex: hex), let seconds = members["seconds"]?.asValue?.asNumber
        else { return nil }
        self.init(
            rowCount: rowCount, badRowCount: badRowCount, outsideCount: outsideCount, byteCount: byteCount,
            digest: digest, seconds: seconds)
    }

    /// The part as its log has it.
    var json: JSONValue {
        .object([
            "rows": .integer(Int64(rowCount)), "bad_rows": .integer(Int64(badRowCount)),
            "outside": .integer(Int64(outsideCount)), "bytes": .integer(Int64(byteCount)),
            "digest": .string(digest.hex), "seconds": .number(seconds),
        ])
    }
}
