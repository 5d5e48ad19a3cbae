import HTTPTypes
import Hummingbird
import Logging
import SlipwayData

/// Turns every failure into the one shape of errors, and counts every request.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = ServingContext

    let routes: RouteIndex
    let metrics: ServingMetrics
    let models: ServedModels

    // The router was built without this package's rule that asynchronous functions stay on their caller's actor.
    @concurrent
    func handle(
        _ request: Request, context: ServingContext,
        next: @concurrent (Request, ServingContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = failure(error, request, context)
        }
        let model = context.parameters.get("model").flatMap { models[$0]?.name } ?? ""
        metrics.countRequest(
            route: context.endpointPath ?? "", model: model, status: response.status.code,
            seconds: (ContinuousClock.now - started) / .seconds(1))
        return response
    }

    private func failure(_ error: any Error, _ request: Request, _ context: ServingContext) -> Response {
        let path = request.uri.path
        let speaksInferenceProtocol = path == "/v2" || path.hasPrefix("/v2/")
        guard let known = error as? HTTPError else {
            let serving = ServingError(error)
            if serving.kind == .internalError {
                context.logger.error("a request failed", metadata: ["path": "\(path)", "error": "\(error)"])
            }
            return Response(serving, inferenceProtocol: speaksInferenceProtocol)
        }
        let methods = routes.methods(at: path)
        if known.status == .notFound, !methods.isEmpty {
            let allowed = methods.joined(separator: ", ")
            var response = Response(
                ServingError(
                    .methodNotAllowed, "\(request.method.rawValue.prefix(20)) is not allowed here", hint: "Use \(allowed)."),
                inferenceProtocol: speaksInferenceProtocol)
            response.headers[.allow] = allowed
            return response
        }
        let serving =
            known.status == .notFound
            ? ServingError(.unknownRoute, "there is no route \(path.prefix(200))", hint: "GET /openapi.json lists the routes.")
            : ServingError(.malformed, known.body ?? known.status.reasonPhrase)
        return Response(serving, inferenceProtocol: speaksInferenceProtocol)
    }
}
