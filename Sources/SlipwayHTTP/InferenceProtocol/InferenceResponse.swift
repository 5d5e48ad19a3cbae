import SlipwayData
import SlipwayModel
import SlipwayServing

/// A response of the Open Inference Protocol V2, as JSON.
struct InferenceResponse {
    let served: ServedModel
    let batch: PredictionBatch
    let predictionIDs: [String]

    /// The response with the outputs asked for, in the order asked.
    ///
    /// The ids by which outcomes are fed back stand in `parameters.prediction_ids`, separated by commas.
    func json(for request: InferenceRequest) -> JSONValue {
        let outputs = (request.outputs ?? batch.outputs.map(\.name)).compactMap { batch[output: $0] }
        return .object([
            "model_name": .string(served.name), "model_version": .string(String(served.number)),
            "id": .string(request.id ?? predictionIDs[0]),
            "parameters": .object(["prediction_ids": .string(predictionIDs.joined(separator: ","))]),
            "outputs": .array(outputs.map(Self.json)),
        ])
    }

    private static func json(of output: PredictorOutput) -> JSONValue {
        let tensor = output.tensor
        return .object([
            "name": .string(output.name), "datatype": .string(tensor.elementType.protocolName),
            "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
            "data": .array((0..<tensor.count).map { JSONValue(tensor.value(at: $0)) }),
        ])
    }
}
