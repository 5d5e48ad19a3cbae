import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayServing
import UnixSignals

/// Serves the champions of an environment over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the champions of an environment over HTTP.",
        discussion: "Example:  slipway serve --environment production --host 127.0.0.1 --port 8080")

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.") var port = 8080
    @Flag(help: "Listen on an address that others can reach, although nobody has to prove who they are.")
    var insecure = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
        guard configuration.isLoopback || insecure else {
            throw ValidationError(
                "\(host) can be reached by others, and this server asks nobody for a key. "
                    + "Listen on 127.0.0.1 behind a proxy that does, or say --insecure.")
        }
    }

    private var configuration: ServingApplication.Configuration {
        ServingApplication.Configuration(host: host, port: port, serverVersion: BuildVersion.current)
    }

    func run() async throws {
        let platform = try options.platform()
        var logger = Logger(label: "slipway") { _ in StreamLogHandler.standardError(label: "slipway") }
        logger.logLevel = .info
        try await serve(platform, configuration, logger)
    }

    private func serve(
        _ platform: Platform, _ configuration: ServingApplication.Configuration, _ logger: Logger
    ) async throws {
        let models = ServedModels()
        let metrics = ServingMetrics()
        let logs = ServingLogs(folder: platform.logFolder, environment: environment)
        let service = PredictionService(
            models: models, metrics: metrics, features: try platform.featureStore(of: environment), logs: logs)
        let watcher = DeploymentWatcher(
            registry: platform.registry, environment: environment, bindings: platform.bindings, models: models,
            metrics: metrics, logger: logger, explaining: Engines.explainer)
        try watcher.loadAll()
        let (environment, isForPrograms) = (environment, options.json)
        let application = ServingApplication(service: service, configuration: configuration, logger: logger) { port in
            // Programs that started the server with port 0 read the address from this line.
            let address = "http://\(configuration.host):\(port)"
            let document = JSONValue.object(["environment": .string(environment), "url": .string(address)])
            try? Terminal.print(isForPrograms ? document.text : "Slipway serves \(environment) at \(address)")
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Services stop in reverse order: the last flush follows the last request.
                services: [
                    .init(service: LogSynchronizer(logs: logs, metrics: metrics, logger: logger)),
                    .init(service: watcher),
                    .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch let error as any DescribedError {
            throw error
        } catch {
            throw ServingError(
                .notReady, "the server on \(configuration.host):\(configuration.port) failed: \(error)",
                hint: "Where the address is in use already, say another --port; 0 takes a free one.")
        }
    }
}
