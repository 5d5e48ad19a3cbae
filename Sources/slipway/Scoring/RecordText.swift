import Foundation
import SlipwayData
import SlipwayModel

/// Reads a record that a person writes on the command line.
struct RecordText {
    /// The largest record that is read from standard input, in bytes.
    static let byteCountMax = 10 << 20

    let signature: Signature

    /// The record as JSON, or as fields when there is none.
    ///
    /// - Parameters:
    ///   - json: An object as text, or `-` for standard input.
    ///   - fields: Texts of the form `name=value`.
    /// - Throws: ``DataError`` of kind `malformed`.
    func record(json: String?, fields: [String]) throws -> JSONObject {
        guard let json else { return try record(of: fields) }
        let bytes = json == "-" ? try Self.standardInput() : Array(json.utf8)
        guard case .object(let record) = try JSONValue(parsing: bytes) else {
            throw DataError(.malformed, "the record is no JSON object", hint: "Write it as {\"field\": value, …}.")
        }
        return record
    }

    private func record(of fields: [String]) throws(DataError) -> JSONObject {
        var record = JSONObject()
        for text in fields {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2 else { throw DataError(.malformed, "'\(text)' is not a field as name=value") }
            guard record[sides[0]] == nil else { throw DataError(.malformed, "the field '\(sides[0])' is given twice") }
            record[sides[0]] = value(sides[1], of: signature.input(named: sides[0])?.type)
        }
        return record
    }

    /// A value in the type of its field; what does not read as that type stays a text, which the signature refuses.
    private func value(_ text: String, of type: ColumnType?) -> JSONValue {
        if type == .string { return .string(text) }
        if text.isEmpty { return .null }
        guard let parsed = try? JSONValue(parsing: Array(text.utf8)), parsed.asValue != nil else {
            return .string(text)
        }
        return parsed
    }

    private static func standardInput() throws(DataError) -> [UInt8] {
        let data: Data?
        do {
            data = try FileHandle.standardInput.read(upToCount: byteCountMax + 1)
        } catch {
            throw DataError(.unreadable, "standard input cannot be read")
        }
        guard let data, !data.isEmpty else { throw DataError(.malformed, "standard input holds no record") }
        guard data.count <= byteCountMax else {
            throw DataError(.limitExceeded, "the record is larger than \(byteCountMax >> 20) MiB")
        }
        return Array(data)
    }
}
