import HTTPTypes
import Hummingbird
import SlipwayServing

/// A route of the server, with all that anything has to know of it.
///
/// ``all`` is the one table of them: what answers, who may call, what calls count as, and the API document come from it.
struct ServedRoute: Sendable {
    /// Answers a request of a route.
    typealias Handler = @Sendable (Request, ServingContext) async throws -> Response

    /// The headings under which operations stand.
    enum Tag: String, CaseIterable {
        case predictions = "Predictions"
        case models = "Models"
        case inference = "Open Inference Protocol"
        case mlflow = "MLflow"
        case tensorflow = "TensorFlow Serving"
        case operations = "Operations"
        case pages = "Pages"
    }

    /// Whether a route is described once, or once for each model with the model's own fields.
    enum Subject: Sendable {
        case server(@Sendable ([OpenAPIModel]) -> OpenAPIOperation)
        /// `nil` where the model does not answer that route.
        case model(@Sendable (OpenAPIModel) -> OpenAPIOperation?)
    }

    /// What is asked before a request is answered, and as what it counts after.
    struct Terms: Sendable, Equatable {
        let access: RouteAccess
        /// The protocol by which predictions are counted; `nil` for a route that predicts nothing.
        let face: Call.Face?
        /// Whether it is answered however much there is to do: what tells of the server when it has too much to do.
        let isVital: Bool
    }

    let method: HTTPRequest.Method
    /// The path as the router has it.
    let path: String
    let terms: Terms
    let tag: Tag
    /// The name of the operation, to which the model's is added; none is another with more words behind it.
    let name: String
    let summary: String
    let refusals: OpenAPIRefusals
    let subject: Subject
    /// What the path ends in beside what the router matches, such as `:predict`.
    let verb: String
    /// The handler among those of a server.
    let handler: @Sendable (RouteHandlers) -> Handler

    /// Finds the terms of a route of the table.
    ///
    /// - Parameters:
    ///   - method: The method; HEAD is answered where GET is.
    ///   - path: The path as the route is written, `/models/{model}/predict`.
    /// - Returns: `nil` where there is no such route.
    static func terms(of method: HTTPRequest.Method, at path: String) -> Terms? {
        termsByPath[method == .head ? .get : method]?[path]
    }

    private static let termsByPath: [HTTPRequest.Method: [String: Terms]] =
        all.reduce(into: [:]) { $0[$1.method, default: [:]][$1.path] = $1.terms }
}
