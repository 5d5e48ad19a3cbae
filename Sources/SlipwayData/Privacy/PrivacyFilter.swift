/// The privacy policies of a set of fields, ready to be applied.
///
/// Missing values stay missing under every policy, so that data quality can still be watched.
public struct PrivacyFilter: Sendable {
    /// The policy of each field; fields without one pass unchanged.
    public let policies: [String: PrivacyPolicy]

    private let keyedDigest: @Sendable ([UInt8]) -> [UInt8]

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - policies: The policy of each field.
    ///   - keyedDigest: HMAC-SHA-256 under the project's secret key. Without a key, telephone numbers and the like
    ///     could be found again by trying them all.
    public init(policies: [String: PrivacyPolicy], keyedDigest: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.policies = policies
        self.keyedDigest = keyedDigest
    }

    /// The value that may be kept of a field, or `nil` when the field is dropped.
    public func apply(to value: Value, of field: String) -> Value? {
        guard let policy = policies[field] else { return value }
        return apply(policy, to: value)
    }

    /// The table that may be kept: dropped columns are gone, hashed and masked ones are text.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` when a policy names no column, because a misspelt policy would
    ///   let the real column through.
    public func apply(to table: Table) throws(DataError) -> Table {
        let absent = policies.keys.filter { table[$0] == nil }.sorted()
        guard absent.isEmpty else {
            throw DataError(
                .missingColumn,
                "a privacy policy names \(absent.map { "'\($0)'" }.joined(separator: ", ")), "
                    + "but the columns are \(table.names.joined(separator: ", "))",
                hint: "Correct the name under privacy, or remove the policy.")
        }
        return try Table(columns: table.columns.compactMap(apply(to:)))
    }

    private func apply(to column: Column) -> Column? {
        guard let policy = policies[column.name] else { return column }
        guard policy != .drop else { return nil }
        let cells = (0..<column.count).map { apply(policy, to: column[$0]) ?? .missing }
        let validity = cells.map { !$0.isMissing }
        return Column(
            name: column.name, values: .strings(cells.map(\.text)),
            validity: validity.allSatisfy(\.self) ? nil : validity)
    }

    private func apply(_ policy: PrivacyPolicy, to value: Value) -> Value? {
        switch policy {
        case .drop: nil
        case _ where value.isMissing: .missing
        case .hash: .string(Self.hexadecimal(keyedDigest(Array(value.text.utf8))))
        case .mask: .string(PrivacyPolicy.masked(value.text))
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
