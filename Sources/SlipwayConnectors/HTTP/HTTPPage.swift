import Foundation
import FoundationNetworking
import SlipwayData

/// One answer of an API: a document, and what its head says of the next one.
struct HTTPPage {
    /// The document.
    let document: JSONValue
    /// The header `Link`, or `nil`.
    let link: String?
    /// The digest of the bytes.
    let digest: SHA256Digest

    /// Takes an answer.
    ///
    /// - Throws: ``DataError`` for a status other than 200, and for what is no JSON.
    init(_ body: Data, _ response: HTTPURLResponse, byteCountMax: Int) throws(DataError) {
        guard response.statusCode == 200 else {
            let wait = response.value(forHTTPHeaderField: "Retry-After").flatMap { RetryAfter($0, now: .now()) }
            throw Self.refusal(response.statusCode, wait?.duration)
        }
        do {
            document = try JSONValue(parsing: body, limits: JSONLimits(byteCountMax: byteCountMax))
        } catch {
            throw DataError(error.kind, "the answer is no JSON: \(error.message)", hint: error.hint)
        }
        link = response.value(forHTTPHeaderField: "Link")
        digest = SHA256Digest(of: body)
    }

    private static func refusal(_ status: Int, _ wait: Duration?) -> DataError {
        let message = "the API answered with status \(status)"
        switch status {
        case 408, 425, 429, 500, 502, 503, 504:
            return DataError(.sourceFailed, message, outlook: .passing(after: wait))
        case 401, 403:
            return DataError(.unreadable, message, hint: "Check the token of the source, and what it may read.")
        case 404, 410: return DataError(.unreadable, message, hint: "Check the url of the source and the table's path.")
        case 300..<400:
            return DataError(
                .sourceFailed, message, hint: "Nobody is followed elsewhere: write the address that it leads to.")
        default: return DataError(.sourceFailed, message)
        }
    }

    /// The value at a place in the document; `nil` where there is none or it is null.
    func value(at place: [String]) -> JSONValue? {
        let value = place.reduce(document as JSONValue?) { $0?[$1] }
        return value == .null ? nil : value
    }

    /// The rows at a place.
    ///
    /// - Throws: ``DataError`` of kind `malformed`.
    func rows(at place: [String]) throws(DataError) -> [JSONObject] {
        let words = place.isEmpty ? "the answer" : "'\(place.joined(separator: "."))' in the answer"
        guard let value = value(at: place) else {
            throw DataError(
                .malformed, "\(words) is not there", hint: "Write in rows which names lead to the list of objects.")
        }
        guard case .array(let elements) = value else {
            throw DataError(
                .malformed, "\(words) is \(value.kindPhrase), not an array of objects",
                hint: "Write in rows which names lead to it.")
        }
        var rows: [JSONObject] = []
        rows.reserveCapacity(elements.count)
        for element in elements {
            guard case .object(let row) = element else {
                throw DataError(.malformed, "\(words) holds \(element.kindPhrase) where an object belongs")
            }
            rows.append(row)
        }
        return rows
    }
}
