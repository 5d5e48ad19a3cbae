public import Foundation
public import FoundationNetworking
import Synchronization

/// One request by HTTP, with an end in sight: the answer has a largest size, and a time by which it is there as a whole.
///
/// A server that sends on and on, or a byte now and then, is given up. Nobody is followed elsewhere: an answer that names
/// another address is the answer.
public struct BoundedExchange: Sendable {
    /// The most bytes of an answer's body.
    public let byteCountMax: Int
    /// The longest time from the request to the end of the answer.
    public let patience: Duration

    /// Makes the bounds of a request.
    public init(byteCountMax: Int, patience: Duration) {
        self.byteCountMax = byteCountMax
        self.patience = patience
    }

    /// Sends a request.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` when there is no answer in time, `limitExceeded` for one that is too
    ///   large.
    public func answer(to request: URLRequest) async throws(DataError) -> (body: Data, response: HTTPURLResponse) {
        let collector = AnswerCollector(byteCountMax: byteCountMax)
        let session = URLSession(configuration: .ephemeral, delegate: collector, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        let deadline = Task { [patience] in
            try await Task.sleep(for: patience)
            collector.finish(.failure(Self.overdue(patience)))
        }
        defer { deadline.cancel() }
        let outcome = await withTaskCancellationHandler {
            session.dataTask(with: request).resume()
            return await collector.outcome.value
        } onCancel: {
            collector.finish(.failure(DataError(.unreadable, "the request was given up")))
        }
        return try outcome.get()
    }

    private static func overdue(_ patience: Duration) -> DataError {
        DataError(
            .unreadable, "there is no whole answer within \(Int(patience / .seconds(1))) seconds", outlook: .passing())
    }
}

/// Gathers what comes, and says once how it ended.
private final class AnswerCollector: NSObject, URLSessionDataDelegate, Sendable {
    typealias Outcome = Result<(body: Data, response: HTTPURLResponse), DataError>

    private struct State {
        var body = Data()
        var response: HTTPURLResponse?
    }

    /// How it ended.
    let outcome = FirstOutcome<Outcome>()
    private let byteCountMax: Int
    private let state = Mutex(State())

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Ends the exchange; only the first end counts.
    func finish(_ end: Outcome) {
        outcome.decide(end)
        state.withLock { $0.body = Data() }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        state.withLock { $0.response = response as? HTTPURLResponse }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock { state in
            guard !outcome.isDecided else { return false }
            guard state.body.count + data.count <= byteCountMax else { return true }
            state.body += data
            return false
        }
        guard isTooLarge else { return }
        dataTask.cancel()
        finish(.failure(DataError(.limitExceeded, "the answer has more than \(byteCountMax >> 20) MiB")))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let (body, response) = state.withLock { ($0.body, $0.response) }
        if let error {
            finish(.failure(DataError(.unreadable, error.localizedDescription, outlook: .passing())))
        } else if let response = response ?? task.response as? HTTPURLResponse {
            finish(.success((body, response)))
        } else {
            finish(.failure(DataError(.unreadable, "what answers does not speak HTTP")))
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
