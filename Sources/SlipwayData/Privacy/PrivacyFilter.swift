/// The privacy policies of a set of fields, ready to be applied.
///
/// Missing values stay missing under every policy, so that data quality can still be watched.
public struct PrivacyFilter: Sendable {
    /// The policy of each field; fields without one pass unchanged.
    public let policies: [String: PrivacyPolicy]
    /// What decrypts the columns of a table before policies are applied.
    public let ciphers: [String: ColumnCipher]

    private let keyedDigest: @Sendable ([UInt8]) -> [UInt8]

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - policies: The policy of each field.
    ///   - ciphers: What decrypts columns that come encrypted.
    ///   - keyedDigest: HMAC-SHA-256 under the project's secret key. Without a key, telephone numbers and the like
    ///     could be found again by trying them all.
    public init(
        policies: [String: PrivacyPolicy], ciphers: [String: ColumnCipher] = [:],
        keyedDigest: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.policies = policies
        self.ciphers = ciphers
        self.keyedDigest = keyedDigest
    }

    /// The value that may be kept of a field, or `nil` when the field is dropped.
    ///
    /// A value that cannot be made coarser as its policy says is not kept: it becomes a missing one.
    public func apply(to value: Value, of field: String) -> Value? {
        guard let policy = policies[field] else { return value }
        return policy == .drop ? nil : covered(value, policy) ?? .missing
    }

    /// The table that may be kept: encrypted columns are decrypted first, dropped ones are gone, hashed and masked ones
    /// are text, and coarser ones keep their type.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` when a policy names no column, because a misspelt policy would
    ///   let the real column through; of kind `malformed` or `wrongType` for a cell that cannot be decrypted or made
    ///   coarser, by its row and never by what it holds.
    public func apply(to table: Table) throws(DataError) -> Table {
        let absent = Set(policies.keys).union(ciphers.keys).filter { table[$0] == nil }.sorted()
        guard absent.isEmpty else {
            throw DataError(
                .missingColumn,
                "a privacy policy names \(absent.map { "'\($0)'" }.joined(separator: ", ")), "
                    + "but the columns are \(table.names.joined(separator: ", "))",
                hint: "Correct the name under privacy, or remove the policy.")
        }
        var columns: [Column] = []
        for var column in table.columns where policies[column.name] != .drop {
            if let cipher = ciphers[column.name] { column = try cipher.decrypt(column) }
            columns.append(
                try policies[column.name].map { (policy) throws(DataError) in
                    try covered(column, policy)
                } ?? column)
        }
        return try Table(columns: columns)
    }

    private func covered(_ column: Column, _ policy: PrivacyPolicy) throws(DataError) -> Column {
        var builder = ColumnBuilder(name: column.name, type: policy.type(of: column))
        for row in 0..<column.count {
            let cell = column[row]
            guard let value = covered(cell, policy) else {
                let wanted = if case .generalise(let rule) = policy { rule.wanted } else { "a value" }
                throw DataError(
                    .wrongType, "row \(row + 1) of '\(column.name)' cannot be made coarser: it is not \(wanted)",
                    hint: "Correct the policy of '\(column.name)' under privacy.")
            }
            try builder.append(value)
        }
        return builder.finish()
    }

    /// A value under a policy that keeps it; `nil` where that cannot be done.
    private func covered(_ value: Value, _ policy: PrivacyPolicy) -> Value? {
        switch policy {
        case _ where value.isMissing: .missing
        case .drop: nil
        case .hash: .string(Self.hexadecimal(keyedDigest(Array(value.text.utf8))))
        case .mask: .string(PrivacyPolicy.masked(value.text))
        case .generalise(let generalisation): generalisation.apply(to: value)
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}

extension PrivacyPolicy {
    /// The type of what it leaves of a column.
    fileprivate func type(of column: Column) -> ColumnType {
        switch self {
        case .drop, .hash, .mask, .generalise(.first): .string
        case .generalise(.date): column.type == .integer ? .integer : .string
        case .generalise(.width(let width)):
            column.type == .integer && width == width.rounded() ? .integer : .number
        }
    }
}
