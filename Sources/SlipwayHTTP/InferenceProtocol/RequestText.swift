import SlipwayData
import SlipwayServing

/// Reads texts in a request.
enum RequestText {
    /// The names of an object's members; none of anything else.
    static func names(in json: JSONValue?) -> [String] {
        guard case .object(let object)? = json else { return [] }
        return object.members.map(\.name)
    }

    /// The text, or `nil` when the member is absent or null.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for anything else.
    static func optional(_ json: JSONValue?, _ what: String) throws(ServingError) -> String? {
        switch json {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?: throw ServingError(.malformed, "\(what) is \(other.kindPhrase), not a text")
        }
    }
}
