import Logging
import ServiceLifecycle
import SlipwayAccess
import SlipwayData
import SlipwayGRPC
import SlipwayHTTP
import SlipwayServing
import SlipwayTLS
import SlipwayTokens
import UnixSignals

/// The server of an environment with all its parts put together.
struct PredictionServer {
    /// Where the server listens, and what it says of itself.
    struct Options {
        var environment = Platform.defaultEnvironment
        var host = "127.0.0.1"
        var port = 8080
        /// The port for gRPC; `nil` serves HTTP alone.
        var grpcPort: Int?
        /// Who may call.
        var access = ServingAccess()
        /// The origins of web pages whose scripts may call.
        var origins: [String] = []
        /// The file that gets a line for each request, or `-` for standard output; `nil` keeps no such log.
        var accessLog: String?
        /// The certificates of the server; `nil` serves in the clear.
        var tls: TLSFiles?
        /// Which tokens are taken, and whose keys they are verified by; `nil` when none are.
        var tokens: (rules: TokenRules, keys: KeySetSource)?

        /// Serves by https, with certificates in PEM.
        mutating func setTLS(certificate: String, key: String, clientIssuers: String?) {
            tls = TLSFiles(certificate: certificate, key: key, clientIssuers: clientIssuers)
        }

        /// Takes tokens of an issuer.
        mutating func setTokens(
            keys: String, issuer: String, audience: String, roleClaim: String?, scopes: [String: [Scope]]
        ) throws {
            let rules = TokenRules(
                issuer: issuer, audience: audience, roleClaim: roleClaim ?? TokenRules.roleClaimDefault, scopes: scopes)
            tokens = (rules, try KeySetSource(keys))
        }

        /// Whether only programs of this machine can reach the server.
        var isLoopback: Bool { http.isLoopback }

        fileprivate var http: ServingApplication.Configuration {
            ServingApplication.Configuration(
                host: host, port: port, serverVersion: BuildVersion.current, origins: origins, tls: tls)
        }

        fileprivate var grpc: GRPCApplication.Configuration? {
            grpcPort.map {
                GRPCApplication.Configuration(host: host, port: $0, serverVersion: BuildVersion.current, tls: tls)
            }
        }
    }

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
        var tokens: IssuerTokens?
        if let (rules, keys) = options.tokens { tokens = try await IssuerTokens(rules, keys: keys) }
        let gatekeeper = Gatekeeper(
            rule: options.access.rule(isLoopback: options.isLoopback), verifier: tokens)
        let models = ServedModels()
        let metrics = ServingMetrics()
        let keys = KeyWatcher(
            store: platform.keys.store, gatekeeper: gatekeeper, metrics: metrics, logger: logger)
        try options.access.refuseOpen(host: options.host, isLoopback: options.isLoopback, keys: keys.load())
        let log = try platform.project.log(of: options.environment)
        let logs = ServingLogs(
            folder: platform.logFolder, environment: options.environment, limits: log.segmentLimits,
            retention: log.retention, compactionAge: log.compaction.age, parquet: Parts.parquet)
        let limits = Self.limits(of: platform.project, faceCount: options.grpcPort == nil ? 1 : 2, logger: logger)
        let service = PredictionService(
            models: models, metrics: metrics, features: try platform.featureStore(of: options.environment), logs: logs,
            limits: limits, cache: platform.project.serving.cache.map { PredictionCache(limits: $0) },
            parquet: platform.project.serving.takesParquet ? Parts.parquet : nil)
        let watcher = DeploymentWatcher(
            registry: platform.registry, environment: options.environment, bindings: try platform.bindings(),
            models: models, metrics: metrics, logger: logger, limits: limits, explaining: Engines.explainer)
        try watcher.loadAll()
        let accessLog = Self.accessLog(options, platform.project, metrics, logger)
        let faces = Self.faces(
            service, gatekeeper, options, accessLog: accessLog, logger: logger, onListening: onListening)
        let watchers = [tokens.map { KeySetWatcher(tokens: $0, logger: logger) }].compactMap(\.self).map {
            ServiceGroupConfiguration.ServiceConfiguration(service: $0)
        }
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Services stop in reverse order: readiness first, and the last flush follows the last request.
                services: [.init(service: ShutdownWatch(gate: service.gate, limits: limits, logger: logger))] + watchers
                    // The last to stop of what writes: it keeps what the last request leaves.
                    + [accessLog].compactMap { $0.map { .init(service: $0) } }
                    + [
                        .init(service: LogSynchronizer(logs: logs, metrics: metrics, logger: logger)),
                        .init(service: LogPruner(logs: logs, logger: logger)),
                        .init(service: LogCompactor(logs: logs, metrics: metrics, logger: logger)),
                        .init(service: watcher),
                        .init(
                            service: CanaryGuard(
                                registry: platform.registry, environment: options.environment, models: models,
                                logger: logger)),
                        .init(service: keys),
                        .init(service: faces, successTerminationBehavior: .gracefullyShutdownGroup),
                        .init(service: Drain(of: service, logger: logger)),
                    ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    }

    /// The access log that the command line asks for, or else the project.
    private static func accessLog(
        _ options: Options, _ project: ProjectConfiguration, _ metrics: ServingMetrics, _ logger: Logger
    ) -> AccessLog? {
        let path =
            options.accessLog ?? project.serving.accessLog.map { $0 == "-" ? $0 : project.folder.absolutePath(of: $0) }
        let log = path.map { AccessLog(path: $0, logger: logger) }
        if let log { metrics.observe(log) }
        return log
    }

    private static func faces(
        _ service: PredictionService, _ gatekeeper: Gatekeeper, _ options: Options, accessLog: AccessLog?,
        logger: Logger,
        onListening: @escaping @Sendable (ServerFaces.Addresses) -> Void
    ) -> ServerFaces {
        let listening = ServerFaces.Listening(
            host: options.host, isSecure: options.tls != nil, servesGRPC: options.grpcPort != nil, report: onListening)
        return ServerFaces(
            http: ServingApplication(
                service: service, gatekeeper: gatekeeper, configuration: options.http, logger: logger,
                accessLog: accessLog
            ) { listening.note(http: $0) },
            grpc: options.grpc.map { configuration in
                GRPCApplication(
                    service: service, gatekeeper: gatekeeper, configuration: configuration, logger: logger,
                    accessLog: accessLog
                ) { listening.note(grpc: $0) }
            })
    }

    /// The limits of a project's servers, as far as this process may hold them.
    private static func limits(
        of project: ProjectConfiguration, faceCount: Int, logger: Logger
    ) -> ServingLimits {
        var limits = project.serving.limits
        let connectionCount = OpenFiles.connectionCount(
            wanted: limits.connectionCountMax, faceCount: faceCount)
        if connectionCount < limits.connectionCountMax {
            logger.warning(
                "this process may not open enough files for its limit of connections",
                metadata: ["wanted": "\(limits.connectionCountMax)", "connections": "\(connectionCount)"])
            limits.connectionCountMax = connectionCount
        }
        logger.info(
            "limits",
            metadata: Dictionary(
                uniqueKeysWithValues: limits.settings.map { ($0.key, Logger.MetadataValue.string($0.text)) }))
        return limits
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
