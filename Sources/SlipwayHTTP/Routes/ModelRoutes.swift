import Foundation
import Hummingbird
import SlipwayAccess
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The routes that describe what is served.
struct ModelRoutes {
    let service: PredictionService

    func list(_ request: Request, _ context: ServingContext) -> Response {
        let models = context.allowed(.view, among: service.models.all)
        return Response(.object(["models": .array(models.map { .object(Self.summary(of: $0)) })]))
    }

    func describe(_ request: Request, _ context: ServingContext) throws -> Response {
        let served = try service.served(context)
        return Response(.object(try Self.description(of: served)))
    }

    private static func summary(of served: ServedModel) -> JSONObject {
        var members: JSONObject = [
            "name": .string(served.name),
            "version": .integer(Int64(served.number)),
            "digest": .string(served.digest.hex),
            "engine": .string(served.model.predictor.engineName),
            "loaded_at": .string(served.loadedAt.description),
        ]
        if let challenger = served.challenger { members["challenger"] = .object(challenger.json) }
        return members
    }

    private static func description(of served: ServedModel) throws -> JSONObject {
        var members = summary(of: served)
        members["signature"] = try json(of: served.model.signature)
        members["key"] = served.binding.key.map(JSONValue.string)
        members["stored_predictions"] = served.binding.storedPredictions.map { .string($0.name) }
        members["feature_view"] = served.binding.featureView.map(JSONValue.string)
        if let metrics = served.metrics { members["metrics"] = try json(of: metrics) }
        members["card"] = served.card.map(JSONValue.string)
        return members
    }

    private static func json(of part: some Encodable) throws -> JSONValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try JSONValue(parsing: try encoder.encode(part))
    }
}
