import ArgumentParser
import Logging
import SlipwayData

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
        guard server.isLoopback || insecure else {
            throw ValidationError(
                "\(host) can be reached by others, and this server asks nobody for a key. "
                    + "Listen on 127.0.0.1 behind a proxy that does, or say --insecure.")
        }
    }

    private var server: PredictionServer.Options {
        PredictionServer.Options(environment: environment, host: host, port: port)
    }

    func run() async throws {
        var logger = Logger(label: "slipway") { _ in StreamLogHandler.standardError(label: "slipway") }
        logger.logLevel = .info
        let (environment, isForPrograms) = (environment, options.json)
        let server = try PredictionServer(try options.platform(), server, logger: logger) { address in
            // Programs that started the server with port 0 read the address from this line.
            let document = JSONValue.object(["environment": .string(environment), "url": .string(address)])
            try? Terminal.print(isForPrograms ? document.text : "Slipway serves \(environment) at \(address)")
        }
        try await server.run()
    }
}
