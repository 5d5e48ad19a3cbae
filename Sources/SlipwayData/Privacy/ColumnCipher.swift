import Crypto
import Foundation

/// Decrypts the cells of a column that its source keeps encrypted with AES-GCM (NIST SP 800-38D).
///
/// A cell is Base64 of 12 bytes of nonce, the ciphertext, and 16 bytes of tag, without associated data: what
/// `nonce + AESGCM(key).encrypt(nonce, data, None)` gives in Python, and `AES.GCM.seal(…).combined` in Swift.
public struct ColumnCipher: Sendable {
    /// The lengths that a key may have, in bytes.
    static let keyByteCounts = [16, 24, 32]

    /// What the decrypted cells are.
    public let type: ColumnType
    private let key: SymmetricKey

    /// Takes a key.
    ///
    /// - Parameters:
    ///   - key: The key as Base64 or in hexadecimal; 16, 24, or 32 bytes.
    ///   - type: What the decrypted texts are read as.
    /// - Throws: ``DataError`` of kind `malformed` when it is no key; it never tells what stands there.
    public init(key: String, type: ColumnType = .string) throws(DataError) {
        let text = key.trimmingCharacters(in: .whitespacesAndNewlines)
        let readings = [Self.bytes(hexadecimal: text), Data(base64Encoded: text)].compactMap(\.self)
        guard let bytes = readings.first(where: { Self.keyByteCounts.contains($0.count) }) else {
            throw DataError(
                .malformed, "the key is not 16, 24, or 32 bytes as Base64 or in hexadecimal",
                hint: "Make one with: openssl rand -base64 32")
        }
        self.key = SymmetricKey(data: bytes)
        self.type = type
    }

    /// A column in clear.
    ///
    /// - Throws: ``DataError`` of kind `malformed` that names the first row that cannot be decrypted, or whose text is
    ///   not of the type; it never tells what stands there.
    /// - Complexity: O(bytes).
    public func decrypt(_ column: Column) throws(DataError) -> Column {
        var builder = ColumnBuilder(name: column.name, type: type)
        let parsing = ColumnParsing(content: .values(type))
        for row in 0..<column.count {
            switch column[row] {
            case .missing: try builder.append(.missing)
            case .string(let text):
                guard let clear = clearText(of: text) else {
                    throw Self.failure(
                        column, row, "cannot be decrypted", "The key may be another one, or the cell not encrypted.")
                }
                guard let value = parsing.value(of: clear, as: type) else {
                    throw Self.failure(
                        column, row, "is decrypted, but not \(parsing.wanted(as: type))", "Correct its type.")
                }
                try builder.append(value)
            case .boolean, .integer, .number:
                throw Self.failure(column, row, "is not encrypted", "Encrypted cells are texts, in Base64.")
            }
        }
        return builder.finish()
    }

    private func clearText(of text: String) -> String? {
        guard let bytes = Data(base64Encoded: text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let clear = try? AES.GCM.open(box, using: key)
        else { return nil }
        return String(validating: clear, as: UTF8.self)
    }

    private static func failure(_ column: Column, _ row: Int, _ what: String, _ hint: String) -> DataError {
        DataError(.malformed, "row \(row + 1) of '\(column.name)' \(what)", hint: hint)
    }

    private static func bytes(hexadecimal text: String) -> Data? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 != nil }) else { return nil }
        return Data(
            stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) })
    }
}
