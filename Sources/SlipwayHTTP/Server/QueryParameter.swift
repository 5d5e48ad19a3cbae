import Foundation
import SlipwayServing

/// One name and value of a query, decoded as HTML forms write them: `+` is a space.
///
/// Source: WHATWG URL Standard, application/x-www-form-urlencoded parsing.
struct QueryParameter: Equatable {
    var name: String
    var value: String

    /// The parameters of a query in their order; repeated names stay apart.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for an escape that is no text.
    static func all(in query: String?) throws(ServingError) -> [QueryParameter] {
        var parameters: [QueryParameter] = []
        for part in (query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            parameters.append(
                QueryParameter(
                    name: try decoded(sides[0]), value: sides.count > 1 ? try decoded(sides[1]) : ""))
        }
        return parameters
    }

    private static func decoded(_ text: Substring) throws(ServingError) -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else {
            throw ServingError(
                .malformed, "'\(text.prefix(80))' in the query is no percent-encoded text",
                hint: "Write a space as + or %20, and a percent sign as %25.")
        }
        return decoded
    }
}
