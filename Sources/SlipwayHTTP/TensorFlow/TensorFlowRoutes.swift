import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayServing

/// TensorFlow Serving's REST interface: `:predict` by rows or columns, status, and metadata.
///
/// Source: TensorFlow Serving's RESTful API documentation.
struct TensorFlowRoutes {
    static let verb = ":predict"
    private static let signatureName = "serving_default"

    let service: PredictionService

    func status(_ request: Request, _ context: ServingContext) throws -> Response {
        let served = try service.servedVersion(try withoutVerb(request, context))
        return Response(
            .object([
                "model_version_status": .array([
                    .object([
                        "version": .string(String(served.number)), "state": "AVAILABLE",
                        "status": .object(["error_code": "OK", "error_message": ""]),
                    ])
                ])
            ]))
    }

    func metadata(_ request: Request, _ context: ServingContext) throws -> Response {
        let served = try service.served(context)
        return Response(
            .object([
                "model_spec": .object([
                    "name": .string(served.name), "signature_name": "", "version": .string(String(served.number)),
                ]),
                "metadata": .object([
                    "fields": .array(served.model.signature.inputs.map { .string($0.name) }),
                    "outputs": .array(served.graphOutputs.map { .string($0.name) }),
                ]),
            ]))
    }

    func predict(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try target(of: context, request)
        let body = try await request.json(context)
        guard case .object(let members) = body else {
            throw ServingError(.malformed, "the body is \(body.kindPhrase), not an object")
        }
        for (name, _) in members.members where !["instances", "inputs", "signature_name"].contains(name) {
            throw ServingError(.malformed, "there is no '\(name.prefix(80))' in a request for predictions", field: name)
        }
        if let name = members["signature_name"], name != .string(Self.signatureName), name != "" {
            throw ServingError(
                .malformed, "the one signature of a model here is '\(Self.signatureName)'", field: "signature_name")
        }
        let fields = served.model.signature.inputs.map(\.name)
        switch (members["instances"], members["inputs"]) {
        case (let rows?, nil):
            let records = try NamedRows.rows(of: rows, in: "instances", fields: fields)
            let predicted = try await service.predictRows(records, with: served, call: context.call(.tensorflow))
            let batch = predicted.batch
            return Response(.object(["predictions": .array((0..<batch.rowCount).map { Self.row($0, of: batch) })]))
                .marked(isCached: predicted.isCached)
        case (nil, let columns?):
            let records = try NamedRows.columns(of: columns, in: "inputs", fields: fields)
            let predicted = try await service.predictRows(records, with: served, call: context.call(.tensorflow))
            return Response(.object(["outputs": Self.columns(of: predicted.batch)]))
                .marked(isCached: predicted.isCached)
        default:
            throw ServingError(.malformed, "the body must have either 'instances' or 'inputs'")
        }
    }

    /// The model of a path that ends in `:predict`.
    private func target(of context: ServingContext, _ request: Request) throws(ServingError) -> ServedModel {
        let name = context.modelName ?? ""
        guard let text = context.parameters.get("version") else {
            guard name.hasSuffix(Self.verb) else { throw refused(request) }
            return try service.served(String(name.dropLast(Self.verb.count)))
        }
        guard text.hasSuffix(Self.verb) else { throw refused(request) }
        guard let version = Int(text.dropLast(Self.verb.count)) else {
            throw ServingError(.unknownModel, "'\(text.prefix(40))' names no version of \(name.prefix(80))")
        }
        return try service.served(name, version: version)
    }

    /// A path with the verb is for POST alone, and one without it for GET.
    private func withoutVerb(_ request: Request, _ context: ServingContext) throws(ServingError) -> ServingContext {
        guard !request.uri.path.hasSuffix(Self.verb) else { throw refused(request) }
        return context
    }

    private func refused(_ request: Request) -> ServingError {
        let path = request.uri.path
        // Another verb is another path, of which there is none; a path that is there takes other methods.
        guard path.hasSuffix(Self.verb) || !path.contains(":") else {
            return ServingError(
                .unknownRoute, "there is no route \(path.prefix(200))",
                hint: "POST to /v1/models/{model}\(Self.verb).")
        }
        return ServingError(
            .methodNotAllowed, "\(request.method.rawValue) is not allowed here",
            hint: "POST to /v1/models/{model}\(Self.verb).")
    }

    /// One row's outputs by name; the output of a model that has one only, as it is.
    private static func row(_ row: Int, of batch: PredictionBatch) -> JSONValue {
        let outputs = PredictionAnswer.outputs(of: batch, row: row)
        guard outputs.members.count == 1 else { return .object(outputs) }
        return outputs.members[0].value
    }

    /// Each output's rows as a list; the output of a model that has one only, as it is.
    private static func columns(of batch: PredictionBatch) -> JSONValue {
        let rows = (0..<batch.rowCount).map { PredictionAnswer.outputs(of: batch, row: $0) }
        let columns = batch.outputs.map { output in
            (name: output.name, value: JSONValue.array(rows.map { $0[output.name] ?? .null }))
        }
        guard columns.count == 1 else { return .object(JSONObject(columns)) }
        return columns[0].value
    }
}
