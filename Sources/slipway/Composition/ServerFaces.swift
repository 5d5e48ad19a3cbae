import ServiceLifecycle
import SlipwayGRPC
import SlipwayHTTP
import Synchronization

/// The faces of a server, which begin and stop together.
struct ServerFaces: Service {
    /// Where a server answers.
    struct Addresses: Sendable {
        /// The address for HTTP, `http://127.0.0.1:8080`.
        var http: String
        /// The address for gRPC, `grpc://127.0.0.1:8001`; `nil` where it is not served.
        var grpc: String?
    }

    /// Waits until every face listens, and then says where.
    final class Listening: Sendable {
        private struct Ports {
            var http: Int?
            var grpc: Int?
        }

        private let host: String
        private let isSecure: Bool
        private let servesGRPC: Bool
        private let report: @Sendable (Addresses) -> Void
        private let ports = Mutex(Ports())

        init(
            host: String, isSecure: Bool, servesGRPC: Bool, report: @escaping @Sendable (Addresses) -> Void
        ) {
            self.host = host
            self.isSecure = isSecure
            self.servesGRPC = servesGRPC
            self.report = report
        }

        /// Notes a port; the last of them is the one after which the addresses are said.
        func note(http: Int? = nil, grpc: Int? = nil) {
            let known = ports.withLock { ports in
                ports.http = http ?? ports.http
                ports.grpc = grpc ?? ports.grpc
                return ports
            }
            guard let http = known.http, known.grpc != nil || !servesGRPC else { return }
            let host = host.contains(":") ? "[\(host)]" : host
            report(
                Addresses(
                    http: "\(isSecure ? "https" : "http")://\(host):\(http)",
                    grpc: known.grpc.map { "\(isSecure ? "grpcs" : "grpc")://\(host):\($0)" }))
        }
    }

    let http: ServingApplication
    let grpc: GRPCApplication?

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { faces in
            faces.addTask { try await http.run() }
            if let grpc { faces.addTask { try await grpc.run() } }
            // One that cannot listen takes the other with it.
            for try await _ in faces {}
        }
    }
}
