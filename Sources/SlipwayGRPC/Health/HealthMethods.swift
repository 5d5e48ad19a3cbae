import SlipwayServing
import SwiftProtobuf

/// The health service that load balancers and orchestrators ask of every gRPC server.
///
/// It serves while the server is ready, as `ServerReady` says; being reached at all means that it is live.
struct HealthMethods {
    static let service = "grpc.health.v1.Health"
    /// The services that may be asked about; the empty name stands for the whole server.
    static let known = ["", service, InferenceMethods.service]

    let service: PredictionService

    func add(to table: inout MethodTable) {
        table.addOpen("Check") { (request: HealthHealthCheckRequest) -> HealthHealthCheckResponse in
            guard Self.known.contains(request.service) else {
                throw ServingError(
                    .unknownModel, "there is no service '\(request.service.prefix(80))' here",
                    hint: "Ask about \(InferenceMethods.service), or leave the service out.")
            }
            let status = await status
            return .with { $0.status = status }
        }
        // The caller of a service that is not known decides when it has waited enough for it to come.
        let (watches, strangers) = (HealthWatches { await status }, HealthWatches { .serviceUnknown })
        table.addWatch("Watch") { (request: HealthHealthCheckRequest) in
            try await (Self.known.contains(request.service) ? watches : strangers).begin()
        } writing: { status in
            HealthHealthCheckResponse.with { $0.status = status }
        }
    }

    private var status: HealthHealthCheckResponse.ServingStatus {
        get async { await service.reasonNotReady == nil ? .serving : .notServing }
    }
}
