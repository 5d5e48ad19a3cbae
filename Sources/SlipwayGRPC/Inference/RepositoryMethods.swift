import SlipwayAccess
import SlipwayData
import SlipwayServing
import SwiftProtobuf

/// The methods of the model repository and statistics extensions of the Open Inference Protocol.
struct RepositoryMethods {
    let service: PredictionService

    func add(to table: inout MethodTable) {
        let repository = ModelRepository(service.models)
        table.add("RepositoryIndex", needs: { _ in (.view, .anyModel) }) { (request: OIPRepositoryIndexRequest, call) in
            let entries = repository.index(readyOnly: request.ready, for: call.caller)
            return OIPRepositoryIndexResponse.with {
                $0.models = entries.map(OIPRepositoryIndexResponse.ModelIndex.init)
            }
        }
        table.add("RepositoryModelLoad", needs: { (.operate, .model($0.modelName)) }) {
            (request: OIPRepositoryModelLoadRequest, call) in
            try await repository.load(
                request.modelName, parameters: request.parameters.keys.sorted(), until: call.call.deadline)
            return OIPRepositoryModelLoadResponse()
        }
        table.add("RepositoryModelUnload", needs: { (.operate, .model($0.modelName)) }) {
            (request: OIPRepositoryModelUnloadRequest, _) in
            try repository.unload(request.modelName)
            return OIPRepositoryModelUnloadResponse()
        }
        table.add("ModelStatistics", needs: { (.view, $0.name.isEmpty ? .anyModel : .model($0.name)) }, statistics)
    }

    /// The statistics of one model, or of all that the caller may view.
    private func statistics(
        _ request: OIPModelStatisticsRequest, _ call: AdmittedCall
    ) async throws -> OIPModelStatisticsResponse {
        let models: [ServedModel]
        if request.name.isEmpty {
            models = call.allowed(.view, among: service.models.all)
        } else {
            let version = request.version.isEmpty ? nil : request.version
            models = [try service.served(request.name, versionText: version)]
        }
        return .with {
            $0.modelStats = models.map { served in
                OIPModelStatistics(served, service.metrics.calls.figures(of: served.name, version: served.number))
            }
        }
    }
}

extension OIPRepositoryIndexResponse.ModelIndex {
    fileprivate init(_ entry: ModelRepository.Entry) {
        name = entry.name
        version = entry.version
        state = entry.state
        reason = entry.reason
    }
}

extension OIPModelStatistics {
    fileprivate init(_ served: ServedModel, _ figures: CallFigures) {
        name = served.name
        version = String(served.number)
        lastInference = UInt64(clamping: figures.lastAnswer?.milliseconds ?? 0)
        inferenceCount = UInt64(clamping: figures.rowCount)
        executionCount = UInt64(clamping: figures.runs.count)
        inferenceStats = .with {
            $0.success = OIPStatisticDuration(figures.successes)
            $0.fail = OIPStatisticDuration(figures.failures)
            $0.computeInfer = OIPStatisticDuration(figures.runs)
        }
    }
}

extension OIPStatisticDuration {
    fileprivate init(_ total: CallFigures.Total) {
        count = UInt64(clamping: total.count)
        ns = UInt64(clamping: Int64(total.duration / .nanoseconds(1)))
    }
}
