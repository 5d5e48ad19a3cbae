import Foundation
import SlipwayData
import Synchronization

/// Waits on this thread for work that does not hold one, for tests that wait for processes and so may wait for this.
func waited<Answer: Sendable>(_ work: @escaping @Sendable () async throws -> Answer) throws -> Answer {
    let result = Waited<Answer>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        do {
            result.set(.success(try await work()))
        } catch {
            result.set(.failure(error))
        }
        done.signal()
    }
    done.wait()
    return try result.get()
}

/// What came of the work.
private final class Waited<Answer: Sendable>: Sendable {
    private let result = Mutex<Result<Answer, any Error>?>(nil)

    func set(_ outcome: Result<Answer, any Error>) { result.withLock { $0 = outcome } }

    func get() throws -> Answer {
        try result.withLock { $0 ?? .failure(DataError(.sourceFailed, "there is no answer")) }.get()
    }
}

extension DataSource {
    /// The rows of a query.
    func waited(_ query: String) throws -> Table { try slipwayTests.waited { try await self.fetch(query) } }
}
