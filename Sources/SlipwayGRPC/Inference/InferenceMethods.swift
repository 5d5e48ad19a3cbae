import SlipwayAccess
import SlipwayModel
import SlipwayServing
import SwiftProtobuf

/// The methods of the Open Inference Protocol V2: health, metadata, and inference.
struct InferenceMethods {
    /// The name of the service that clients of Triton and KServe call.
    static let service = "inference.GRPCInferenceService"

    /// The methods that predict; metrics count their calls.
    static let predicting: Set = ["ModelInfer", "ModelStreamInfer"]

    let service: PredictionService
    let serverVersion: String

    func add(to table: inout MethodTable) {
        table.addOpen("ServerLive") { (_: OIPServerLiveRequest) in OIPServerLiveResponse.with { $0.live = true } }
        table.addOpen("ServerReady") { (_: OIPServerReadyRequest) in
            let isReady = await service.reasonNotReady == nil
            return OIPServerReadyResponse.with { $0.ready = isReady }
        }
        table.add("ModelReady", needs: { (.predict, .model($0.name)) }, modelReady)
        table.add("ServerMetadata", needs: { _ in (.view, .anyModel) }) { (_: OIPServerMetadataRequest, _) in
            OIPServerMetadataResponse.with {
                $0.name = InferenceMetadata.serverName
                $0.version = serverVersion
                $0.extensions = InferenceProtocolExtension.allCases.map(\.rawValue)
            }
        }
        table.add("ModelMetadata", needs: { (.view, .model($0.name)) }, metadata)
        table.add("ModelInfer", needs: { (.predict, .model($0.modelName)) }, infer)
        table.addStream("ModelStreamInfer", needs: { (.predict, .model($0.modelName)) }) { request, call in
            let response = try await infer(request, call)
            return OIPModelStreamInferResponse.with { $0.inferResponse = response }
        } refused: { request, refusal in
            guard refusal.code != .unauthenticated else { return nil }
            return .with {
                $0.errorMessage = refusal.message
                $0.inferResponse.id = request.id
            }
        }
    }

    private func served(_ name: String, _ version: String) throws(ServingError) -> ServedModel {
        try service.served(name, versionText: version.isEmpty ? nil : version)
    }

    private func modelReady(_ request: OIPModelReadyRequest, _ call: AdmittedCall) async throws -> OIPModelReadyResponse
    {
        var isReady = await service.reasonNotReady == nil
        do throws(ServingError) {
            _ = try served(request.name, request.version)
        } catch {
            guard error.kind == .notReady else { throw error }
            isReady = false
        }
        return .with { $0.ready = isReady }
    }

    private func metadata(
        _ request: OIPModelMetadataRequest, _ call: AdmittedCall
    ) async throws -> OIPModelMetadataResponse {
        let metadata = InferenceMetadata(try served(request.name, request.version))
        func message(_ tensor: InferenceMetadata.TensorMetadata) -> OIPModelMetadataResponse.TensorMetadata {
            .with {
                $0.name = tensor.name
                $0.datatype = tensor.datatype.protocolName
                $0.shape = tensor.shape
            }
        }
        return .with {
            $0.name = metadata.name
            $0.versions = metadata.versions
            $0.platform = InferenceMetadata.platform
            $0.inputs = metadata.inputs.map(message)
            $0.outputs = metadata.outputs.map(message)
        }
    }

    private func infer(_ request: OIPModelInferRequest, _ call: AdmittedCall) async throws -> OIPModelInferResponse {
        let served = try served(request.modelName, request.modelVersion)
        let answer = try await service.infer(try InferenceRequest(request), with: served, call: call.call)
        return OIPModelInferResponse(answer, isRaw: !request.rawInputContents.isEmpty)
    }
}
