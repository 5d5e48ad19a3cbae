package import Logging
import ServiceLifecycle
import SlipwayData

/// Looks every second whether the certificates on the disk are new ones.
package struct TLSWatcher: Service {
    /// How often the files are looked at.
    static let interval = Duration.seconds(1)

    private let identity: TLSIdentity
    private let logger: Logger

    /// Makes a watcher.
    package init(identity: TLSIdentity, logger: Logger) {
        self.identity = identity
        self.logger = logger
    }

    /// Looks until the server shuts down.
    @concurrent
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var problem: TLSError?
            var remark: String?
            while !Task.isCancelled {
                let found = identity.remark(at: .now())
                if let found, found != remark { logger.warning("\(found)") }
                remark = found
                try? await Task.sleep(for: Self.interval)
                do throws(TLSError) {
                    let isNew = try await BlockingWork.run { () throws(TLSError) in try identity.reload() }
                    if isNew { logger.info("new certificates are in use") }
                    problem = nil
                } catch {
                    // Files may be caught half-way through being replaced; what lasts is said once.
                    if error != problem {
                        logger.error(
                            "new certificates cannot be used; the ones before are", metadata: ["error": "\(error)"])
                    }
                    problem = error
                }
            }
        }
    }
}
