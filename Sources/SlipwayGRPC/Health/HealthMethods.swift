import SlipwayServing
import SwiftProtobuf

/// The health service that load balancers and orchestrators ask of every gRPC server.
///
/// It serves while the server is ready, as `ServerReady` says; being reached at all means that it is live.
struct HealthMethods {
    static let service = "grpc.health.v1.Health"
    /// How often a watched state is looked at.
    static let interval = Duration.milliseconds(500)
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
            return await status
        }
        table.addWatch("Watch") {
            (request: HealthHealthCheckRequest, send: @Sendable (HealthHealthCheckResponse) async throws -> Void) in
            guard Self.known.contains(request.service) else {
                try await send(.with { $0.status = .serviceUnknown })
                // The caller decides when it has waited enough for the service to come.
                while true { try await Task.sleep(for: .seconds(3_600)) }
            }
            var last: HealthHealthCheckResponse?
            while true {
                let now = await status
                if now != last { try await send(now) }
                last = now
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private var status: HealthHealthCheckResponse {
        get async {
            let isReady = await service.reasonNotReady == nil
            return .with { $0.status = isReady ? .serving : .notServing }
        }
    }
}
