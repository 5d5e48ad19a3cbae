import Foundation
import HTTPTypes
import Hummingbird
import Logging
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// Lets in who may, turns every failure into the one shape of errors, and counts every request.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = ServingContext

    /// What stands for the route of a request that no route answers.
    static let unknownRoute = "unknown"

    let routes: RouteIndex
    let service: PredictionService
    let admission: Admission
    let observation: Observation

    private var metrics: ServingMetrics { service.metrics }
    private var models: ServedModels { service.models }

    // The router was built without this package's rule that asynchronous functions stay on their caller's actor.
    @concurrent
    func handle(
        _ request: Request, context: ServingContext,
        next: @concurrent (Request, ServingContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var response: Response
        var context = context
        observation.begin(request, &context)
        var failed: ServingError?
        let terms = context.endpointPath.flatMap { ServedRoute.terms(of: request.method, at: $0) }
        do {
            context.caller = try await admission.admit(request, context, terms?.access)
            // What the table does not have is not there, even if somebody gave it to the router.
            guard terms != nil else { throw HTTPError(.notFound) }
            let limits = service.limits
            context.allowance = BodyAllowance(byteCountMax: limits.bodyByteCountMax, budget: service.bodies)
            context.deadline = limits.deadline(from: started, timeout: try RequestTimeout.given(in: request.headers))
            response = try await next(request, context)
        } catch {
            let failure = failure(error, request)
            failed = failure
            response = answer(failure, request, context)
        }
        let model = context.modelName.flatMap { models.serves($0) ? $0 : nil } ?? ""
        metrics.countRequest(
            route: terms.flatMap { _ in context.endpointPath } ?? Self.unknownRoute, model: model,
            status: response.status.code, seconds: (ContinuousClock.now - started) / .seconds(1))
        observation.end(request, context, &response, failed: failed, face: terms?.face, started: started)
        return response
    }

    private func failure(_ error: any Error, _ request: Request) -> ServingError {
        guard let known = error as? HTTPError else { return ServingError(error) }
        guard known.status == .notFound else {
            return ServingError(.malformed, known.body ?? known.status.reasonPhrase)
        }
        let path = request.uri.path
        let methods = methods(at: path)
        guard methods.isEmpty else {
            return ServingError(
                .methodNotAllowed, "\(request.method.rawValue.prefix(20)) is not allowed here",
                hint: "Use \(methods.joined(separator: ", ")).")
        }
        return ServingError(
            .unknownRoute, "there is no route \(path.prefix(200))", hint: "GET /openapi.json lists the routes.")
    }

    private func answer(_ error: ServingError, _ request: Request, _ context: ServingContext) -> Response {
        let path = request.uri.path
        metrics.countError(code: error.kind)
        if let cause = error.cause {
            context.logger.error(
                "a request failed",
                metadata: [
                    "path": "\(KeySecret.redacted(path))", "code": "\(error.code)", "cause": "\(cause)",
                    "caller": "\(context.caller.label ?? "anyone")", "request_id": "\(context.requestID)",
                ])
        }
        var response = Response(error, as: ErrorShape(path: path), requestID: context.requestID)
        // A body would be read as the start of the next answer.
        if request.method == .head { response = response.createHeadResponse() }
        admission.addChallenge(to: &response, of: error, for: request)
        if error.kind == .methodNotAllowed {
            response.headers[.allow] = methods(at: path).joined(separator: ", ")
        }
        return response
    }

    /// The methods that a path takes; one of a model without a feature view looks nothing up.
    private func methods(at path: String) -> [String] {
        let methods = routes.methods(at: path)
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "models", parts[2] == "predict",
            let served = models[parts[1].removingPercentEncoding ?? ""], served.lookUpKey == nil
        else { return methods }
        return methods.filter { $0 == "POST" }
    }
}
