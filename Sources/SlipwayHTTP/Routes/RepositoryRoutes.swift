import Hummingbird
import NIOCore
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// The model repository and statistics extensions of the Open Inference Protocol.
struct RepositoryRoutes {
    let service: PredictionService

    private var repository: ModelRepository { ModelRepository(service.models) }

    func list(_ request: Request, _ context: ServingContext) -> Response {
        let models = context.allowed(.view, among: service.models.all)
        return Response(.object(["models": .array(models.map { .string($0.name) })]))
    }

    func allStatistics(_ request: Request, _ context: ServingContext) -> Response {
        statistics(of: context.allowed(.view, among: service.models.all))
    }

    func statistics(_ request: Request, _ context: ServingContext) throws -> Response {
        statistics(of: [try service.servedVersion(context)])
    }

    func index(_ request: Request, _ context: ServingContext) async throws -> Response {
        let parameters = try await parameters(of: request, context)
        let readyOnly: Bool
        switch parameters["ready"] {
        case nil, .null?: readyOnly = false
        case .boolean(let truth)?: readyOnly = truth
        case let other?:
            throw ServingError(.malformed, "'ready' is \(other.kindPhrase), not true or false", field: "ready")
        }
        let entries = repository.index(readyOnly: readyOnly, for: context.caller)
        return Response(
            .array(
                entries.map { entry in
                    .object([
                        "name": .string(entry.name), "version": .string(entry.version),
                        "state": .string(entry.state), "reason": .string(entry.reason),
                    ])
                }))
    }

    func load(_ request: Request, _ context: ServingContext) async throws -> Response {
        let parameters = try await parameters(of: request, context)["parameters"]
        try await repository.load(context.modelName ?? "", parameters: RequestText.names(in: parameters))
        return Response(.object([:]))
    }

    func unload(_ request: Request, _ context: ServingContext) async throws -> Response {
        _ = try await parameters(of: request, context)
        try repository.unload(context.modelName ?? "")
        return Response(.object([:]))
    }

    /// The members of a body that may be empty.
    private func parameters(of request: Request, _ context: ServingContext) async throws(ServingError) -> JSONObject {
        let bytes = try await request.bytes(context)
        guard bytes.readableBytes > 0 else { return JSONObject() }
        let json: JSONValue
        do {
            json = try bytes.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
        } catch {
            throw ServingError(error)
        }
        guard case .object(let members) = json else {
            throw ServingError(.malformed, "the body is \(json.kindPhrase), not an object")
        }
        return members
    }

    private func statistics(of models: [ServedModel]) -> Response {
        Response(.object(["model_stats": .array(models.map(statistics))]))
    }

    private func statistics(of served: ServedModel) -> JSONValue {
        let figures = service.metrics.calls.figures(of: served.name, version: served.number)
        func json(_ total: CallFigures.Total) -> JSONValue {
            .object([
                "count": .integer(Int64(total.count)), "ns": .integer(Int64(total.duration / .nanoseconds(1))),
            ])
        }
        return .object([
            "name": .string(served.name), "version": .string(String(served.number)),
            "last_inference": .integer(figures.lastAnswer.map { $0.milliseconds } ?? 0),
            "inference_count": .integer(Int64(figures.rowCount)),
            "execution_count": .integer(Int64(figures.runs.count)),
            "inference_stats": .object([
                "success": json(figures.successes), "fail": json(figures.failures),
                "compute_infer": json(figures.runs),
            ]),
        ])
    }
}
