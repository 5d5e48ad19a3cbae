import SlipwayData
import SlipwayServing

/// Reads members of a request that must be texts.
enum RequestText {
    /// The text, or `nil` when the member is absent or null.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for anything else.
    static func optional(_ json: JSONValue?, _ what: String) throws(ServingError) -> String? {
        switch json {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?: throw ServingError(.malformed, "\(what) is a \(other.kindName), not a text")
        }
    }
}
