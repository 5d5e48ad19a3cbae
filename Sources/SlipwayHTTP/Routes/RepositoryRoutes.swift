import Hummingbird
import NIOCore
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// The model repository and statistics extensions of the Open Inference Protocol.
///
/// Models come from the registry: loading lets a deployed model answer that was unloaded, and takes no files.
struct RepositoryRoutes {
    /// How long a request to load waits for the model to answer.
    static let loadingMax = Duration.seconds(60)
    private static let pause = Duration.milliseconds(20)

    let service: PredictionService

    func add(to router: Router<ServingContext>) {
        router.get("/v2/models") { _, context in
            let models = context.allowed(.view, among: service.models.all)
            return Response(.object(["models": .array(models.map { .string($0.name) })]))
        }
        router.post("/v2/repository/index", use: index)
        router.post("/v2/repository/models/{model}/load", use: load)
        router.post("/v2/repository/models/{model}/unload", use: unload)
        router.get("/v2/models/stats") { _, context in
            statistics(of: context.allowed(.view, among: service.models.all))
        }
        router.get("/v2/models/{model}/stats") { _, context in statistics(of: [try service.served(context)]) }
        router.get("/v2/models/{model}/versions/{version}/stats") { _, context in
            statistics(of: [try service.servedVersion(context)])
        }
    }

    private func index(_ request: Request, _ context: ServingContext) async throws -> Response {
        let parameters = try await parameters(of: request)
        let readyOnly: Bool
        switch parameters["ready"] {
        case nil, .null?: readyOnly = false
        case .boolean(let truth)?: readyOnly = truth
        case let other?:
            throw ServingError(.malformed, "'ready' is a \(other.kindName), not true or false", field: "ready")
        }
        let entries = service.models.entries.filter { name, entry in
            (!readyOnly || entry.served != nil) && context.caller.may(.view, on: name)
        }
        return Response(
            .array(
                entries.flatMap { name, entry in
                    // Beside the champion a canary answers, so it is a version that is ready as well.
                    (entry.served?.answering.map(\.number) ?? [entry.wanted]).map { version in
                        .object([
                            "name": .string(name), "version": .string(String(version)),
                            "state": .string(entry.served == nil ? "UNAVAILABLE" : "READY"),
                            "reason": .string(entry.reason),
                        ])
                    }
                }))
    }

    private func load(_ request: Request, _ context: ServingContext) async throws -> Response {
        let name = context.modelName ?? ""
        let parameters = try await parameters(of: request)["parameters"]
        if case .object(let given)? = parameters, let first = given.members.first?.name {
            throw ServingError(
                .malformed, "a model cannot be loaded with '\(first.prefix(80))': models come from the registry",
                hint: "Push the model and promote it: slipway model push, slipway model promote.", field: first)
        }
        guard service.models.load(name) else { throw unknown(name) }
        let deadline = ContinuousClock.now.advanced(by: Self.loadingMax)
        while ContinuousClock.now < deadline {
            guard let entry = service.models.entry(named: name) else { throw unknown(name) }
            if entry.served != nil { return Response(.object([:])) }
            if let failure = entry.failure {
                throw ServingError(.loadFailed, "\(name)@\(entry.wanted) does not load", cause: failure)
            }
            try await Task.sleep(for: Self.pause)
        }
        throw ServingError(.notReady, "\(name.prefix(80)) is still being loaded", retryAfterSeconds: 5)
    }

    private func unload(_ request: Request, _ context: ServingContext) async throws -> Response {
        let name = context.modelName ?? ""
        _ = try await parameters(of: request)
        guard service.models.unload(name) else { throw unknown(name) }
        return Response(.object([:]))
    }

    /// The members of a body that may be empty.
    private func parameters(of request: Request) async throws(ServingError) -> JSONObject {
        let bytes = try await request.bytes()
        guard bytes.readableBytes > 0 else { return JSONObject() }
        let json: JSONValue
        do {
            json = try bytes.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
        } catch {
            throw ServingError(error)
        }
        guard case .object(let members) = json else {
            throw ServingError(.malformed, "the body is a \(json.kindName), not an object")
        }
        return members
    }

    private func unknown(_ name: String) -> ServingError {
        ServingError(
            .unknownModel, "the registry deploys no model '\(name.prefix(80))' here",
            hint: "POST /v2/repository/index lists what it deploys.")
    }

    private func statistics(of models: [ServedModel]) -> Response {
        Response(.object(["model_stats": .array(models.map(statistics))]))
    }

    private func statistics(of served: ServedModel) -> JSONValue {
        let figures = service.metrics.statistics.figures(of: served.name, version: served.number)
        func json(_ tally: ModelStatistics.Tally) -> JSONValue {
            .object([
                "count": .integer(Int64(tally.count)), "ns": .integer(Int64(tally.duration / .nanoseconds(1))),
            ])
        }
        return .object([
            "name": .string(served.name), "version": .string(String(served.number)),
            "last_inference": .integer(figures.lastInference.map { $0.milliseconds } ?? 0),
            "inference_count": .integer(Int64(figures.rowCount)),
            "execution_count": .integer(Int64(figures.inferences.count)),
            "inference_stats": .object([
                "success": json(figures.successes), "fail": json(figures.failures),
                "compute_infer": json(figures.inferences),
            ]),
        ])
    }
}

extension ServedModels.Entry {
    /// Why a model does not answer; empty when it does.
    fileprivate var reason: String {
        if served != nil { return "" }
        if isUnloaded { return "unloaded" }
        return failure == nil ? "loading" : "the version does not load"
    }
}
