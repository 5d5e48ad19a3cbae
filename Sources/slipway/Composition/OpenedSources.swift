import SlipwayData
import Synchronization

/// The sources of a project that were asked for, each opened once.
final class OpenedSources: Sendable {
    private let sources = Mutex<[String: any DataSource]>([:])

    /// The source of a name, opened where it is not yet.
    func source(named name: String, open: () throws -> any DataSource) throws -> any DataSource {
        if let source = sources.withLock({ $0[name] }) { return source }
        let opened = try open()
        return sources.withLock { sources in
            let source = sources[name] ?? opened
            sources[name] = source
            return source
        }
    }
}
