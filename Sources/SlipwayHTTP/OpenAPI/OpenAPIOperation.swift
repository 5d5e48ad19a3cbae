import HTTPTypes
import SlipwayData
import SlipwayServing

/// What one operation takes and gives, without what follows from its route.
struct OpenAPIOperation: Sendable {
    /// Parameters beside those that the path names.
    var parameters: [OpenAPIParameter] = []
    /// The bodies that are read; none for an operation that reads none.
    var bodies: [OpenAPIContent] = []
    /// Whether a request may come without a body.
    var takesNoBody = false
    /// The answers of a request that was carried out.
    var answers: [OpenAPIContent]
    /// The headers of such an answer that other operations have as well.
    var sharedAnswerHeaders: [OpenAPIHeader] = []
    /// Its own headers.
    var answerHeaders: [(name: String, description: String)] = []
    /// An answer of the same shape that says no, such as a health that is not ready.
    var denial: (status: HTTPResponse.Status, description: String)?
    /// What more of it can be refused than the route says.
    var refusals: OpenAPIRefusals = []

    /// An operation that gives JSON.
    static func giving(_ schema: JSONObject, example: JSONValue? = nil) -> OpenAPIOperation {
        OpenAPIOperation(answers: [OpenAPIContent(schema, example: example)])
    }
}
