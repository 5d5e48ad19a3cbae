import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayGRPC
import SlipwayHTTP
import SlipwayServing
import UnixSignals

/// The server of an environment with all its parts put together.
struct PredictionServer {
    private typealias Part = ServiceGroupConfiguration.ServiceConfiguration

    private let options: Options
    private let group: ServiceGroup

    /// Loads every champion of the environment.
    ///
    /// - Parameter onListening: Called with the server's addresses once connections are accepted.
    /// - Throws: What the first champion that does not load says, or why nobody could be let in.
    init(
        _ platform: Platform, _ options: Options, logger: Logger,
        onListening: @escaping @Sendable (ServerFaces.Addresses) -> Void
    ) async throws {
        self.options = options
        let metrics = ServingMetrics()
        let admission = try await ServerAdmission(platform, options, metrics: metrics, logger: logger)
        let limits = platform.project.serving.limits.fitting(
            faceCount: options.grpcPort == nil ? 1 : 2, logger: logger)
        let models = try ServerModels(
            platform, environment: options.environment, limits: limits, metrics: metrics, logger: logger)
        let core = ServingCore(
            service: models.service, gatekeeper: admission.gatekeeper, serverVersion: BuildVersion.current,
            logger: logger, accessLog: try Self.accessLog(options, platform.project, metrics, logger))
        let faces = Self.faces(core, options, onListening: onListening)
        let watch = ShutdownWatch(gate: core.service.gate, limits: limits, logger: logger)
        // Services stop in reverse order: readiness first, the logs after the last request, and last of what writes the
        // access log, which keeps what the last request leaves.
        let before: [any Service] =
            [watch, HeapKeeper()] + admission.services + [core.accessLog].compactMap(\.self) + models.services
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: before.map { Self.part($0) } + [
                    Self.part(faces, atItsEnd: .gracefullyShutdownGroup),
                    Self.part(Drain(of: core.service, logger: logger)),
                ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    }

    /// A service of the group by the name of its type: unless it is named, everything that it holds is written out.
    private static func part(
        _ service: any Service, atItsEnd end: Part.TerminationBehavior = .cancelGroup
    ) -> Part {
        .init(service: service, successTerminationBehavior: end, serviceName: "\(type(of: service))")
    }

    /// The access log that the command line asks for, or else the project.
    private static func accessLog(
        _ options: Options, _ project: ProjectConfiguration, _ metrics: ServingMetrics, _ logger: Logger
    ) throws(DataError) -> AccessLog? {
        let path =
            options.accessLog ?? project.serving.accessLog.map { $0 == "-" ? $0 : project.folder.absolutePath(of: $0) }
        let log = path.map { AccessLog(path: $0, logger: logger) }
        if let log {
            try log.open()
            metrics.observe(log)
        }
        return log
    }

    private static func faces(
        _ core: ServingCore, _ options: Options, onListening: @escaping @Sendable (ServerFaces.Addresses) -> Void
    ) -> ServerFaces {
        let listening = ServerFaces.Listening(
            host: options.host, isSecure: options.tls != nil, servesGRPC: options.grpcPort != nil, report: onListening)
        return ServerFaces(
            http: ServingApplication(core, at: options.http, origins: options.origins) { listening.note(http: $0) },
            grpc: options.grpc.map { GRPCApplication(core, at: $0) { listening.note(grpc: $0) } })
    }

    /// Serves until the process is asked to stop.
    func run() async throws {
        do {
            try await group.run()
        } catch let error as any DescribedError {
            throw error
        } catch {
            throw ServingError(
                .notReady, "the server on \(options.host):\(options.port) failed: \(error)",
                hint: "Where the address is in use already, say another --port; 0 takes a free one.")
        }
    }
}
