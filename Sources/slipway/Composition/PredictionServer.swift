import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayHTTP
import SlipwayServing
import UnixSignals

/// The server of an environment with all its parts put together.
struct PredictionServer {
    /// Where the server listens, and what it says of itself.
    struct Options {
        var environment = Platform.defaultEnvironment
        var host = "127.0.0.1"
        var port = 8080

        /// Whether only programs of this machine can reach the server.
        var isLoopback: Bool { http.isLoopback }

        fileprivate var http: ServingApplication.Configuration {
            ServingApplication.Configuration(host: host, port: port, serverVersion: BuildVersion.current)
        }
    }

    private let options: Options
    private let group: ServiceGroup

    /// Loads every champion of the environment.
    ///
    /// - Parameter onListening: Called with the server's address once connections are accepted.
    /// - Throws: What the first champion that does not load says.
    init(
        _ platform: Platform, _ options: Options, logger: Logger, onListening: @escaping @Sendable (String) -> Void
    ) throws {
        self.options = options
        let models = ServedModels()
        let metrics = ServingMetrics()
        let log = try platform.project.log(of: options.environment)
        let logs = ServingLogs(
            folder: platform.logFolder, environment: options.environment, limits: log.segmentLimits,
            retention: log.retention)
        let service = PredictionService(
            models: models, metrics: metrics, features: try platform.featureStore(of: options.environment), logs: logs)
        let watcher = DeploymentWatcher(
            registry: platform.registry, environment: options.environment, bindings: try platform.bindings(),
            models: models, metrics: metrics, logger: logger, explaining: Engines.explainer)
        try watcher.loadAll()
        let host = options.host
        let application = ServingApplication(service: service, configuration: options.http, logger: logger) { port in
            onListening("http://\(host):\(port)")
        }
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Services stop in reverse order: the last flush follows the last request.
                services: [
                    .init(service: LogSynchronizer(logs: logs, metrics: metrics, logger: logger)),
                    .init(service: LogPruner(logs: logs, logger: logger)),
                    .init(service: watcher),
                    .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
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
