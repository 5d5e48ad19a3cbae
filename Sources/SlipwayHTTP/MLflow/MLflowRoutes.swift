import Hummingbird
import NIOCore
import SlipwayAccess
import SlipwayData
import SlipwayModel
import SlipwayServing

/// MLflow's scoring protocol: `/invocations`, `/ping`, `/version`.
///
/// MLflow serves one model per server; where several are served, the query names one, or the path does.
struct MLflowRoutes {
    /// The query parameter that names the model.
    static let parameter = "model"
    /// What clients call the type of a Parquet file, the registered name first.
    static let parquetTypes = ["application/vnd.apache.parquet", "application/parquet", "application/x-parquet"]

    let service: PredictionService
    let serverVersion: String

    func version(_ request: Request, _ context: ServingContext) -> Response {
        Response(text: serverVersion, contentType: "text/plain; charset=utf-8")
    }

    func invokeOnlyModel(_ request: Request, _ context: ServingContext) async throws -> Response {
        try await invoke(request, with: try onlyModel(request, context), context)
    }

    func invoke(_ request: Request, _ context: ServingContext) async throws -> Response {
        try await invoke(request, with: try service.served(context), context)
    }

    func ping(_ request: Request, _ context: ServingContext) async throws -> Response {
        guard let reason = await service.reasonNotReady else {
            return Response(text: "\n", contentType: "text/plain; charset=utf-8")
        }
        throw ServingError(.notReady, reason, retryAfterSeconds: 1)
    }

    /// The model that the query names, or the only one that the caller may predict with.
    private func onlyModel(_ request: Request, _ context: ServingContext) throws(ServingError) -> ServedModel {
        let parameters = try QueryParameter.all(in: request.uri.query)
        if let name = parameters.first(where: { $0.name == Self.parameter })?.value {
            try context.caller.require(.predict, on: .model(name))
            return try service.served(name)
        }
        let all = context.allowed(.predict, among: service.models.all)
        guard all.count <= 1 else {
            throw ServingError(
                .malformed, "\(all.count) models are served here, and the request names none",
                hint: "POST to /invocations?model=\(all[0].name), or to /models/\(all[0].name)/invocations.")
        }
        return try service.served(all.first?.name ?? "")
    }

    private func invoke(
        _ request: Request, with served: ServedModel, _ context: ServingContext
    ) async throws -> Response {
        let signature = served.model.signature
        let fields = signature.inputs.map(\.name)
        var records: [JSONObject]
        switch request.mediaType {
        case "text/csv": records = try CSVBody.records(in: try await request.bytes(context), signature)
        case nil, "application/json":
            records = try MLflowRequest(try await request.json(context), fields: fields).records
        case let type? where Self.parquetTypes.contains(type):
            let bytes = Array(try await request.bytes(context).readableBytesView)
            records = try await service.table(ofParquet: bytes, for: served, until: context.deadline).records
        case let type?:
            throw ServingError(
                .unsupportedMediaType, "this route reads JSON, CSV, and Parquet, not '\(type.prefix(80))'",
                hint: "Send the header Content-Type: application/json, text/csv, or \(Self.parquetTypes[0]).")
        }
        // MLflow leaves columns aside that a model does not read.
        let known = Set(fields + [served.binding.key].compactMap { $0 })
        for index in records.indices {
            records[index] = JSONObject(records[index].members.filter { known.contains($0.name) })
        }
        let predicted = try await service.predictRows(records, with: served, call: context.call(.mlflow))
        let isOther = signature.task.kind == .other
        let predictions = predicted.answers.map { answer in
            answer.members[isOther ? "outputs" : "prediction"] ?? .null
        }
        return Response(
            .object([
                "predictions": .array(predictions),
                "prediction_ids": .array(predicted.answers.map { .string($0.id) }),
            ])
        ).marked(isCached: predicted.isCached)
    }
}
