import Foundation
import SlipwayModel
import SlipwayServing
import SwiftProtobuf

extension OIPModelInferResponse {
    /// An answer as a message.
    ///
    /// The ids by which outcomes are fed back stand in the parameter `prediction_ids`, separated by commas.
    ///
    /// - Parameter isRaw: Whether the request brought its tensors as bytes; then the answer does, as it does where an
    ///   output has no typed form.
    init(_ answer: InferenceAnswer, isRaw: Bool) {
        let isRaw = isRaw || answer.outputs.contains { !TensorContents.hold($0.datatype) }
        modelName = answer.served.name
        modelVersion = String(answer.served.number)
        id = answer.id
        parameters[InferenceAnswer.predictionIDsParameter] = .with { $0.stringParam = answer.predictionIDs }
        if answer.isCached { parameters[InferenceAnswer.cachedParameter] = .with { $0.boolParam = true } }
        outputs = answer.outputs.map { output in
            .with {
                $0.name = output.name
                $0.datatype = output.datatype.protocolName
                $0.shape = output.tensor.shape.map(Int64.init)
                if !isRaw { $0.contents = TensorContents(output.tensor, as: output.datatype).message }
            }
        }
        guard isRaw else { return }
        rawOutputContents = answer.outputs.map { output in
            var bytes = Data()
            TensorBytes.append(output.tensor, as: output.datatype, to: &bytes)
            return bytes
        }
    }
}
