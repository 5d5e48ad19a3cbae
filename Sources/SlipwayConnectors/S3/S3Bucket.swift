import Foundation
import FoundationNetworking
import SlipwayData

/// A bucket of a server that speaks S3, below an address in it.
///
/// Every request has a time limit, and every answer a largest size. Errors name the bucket, the key, and S3's own word for
/// what happened, and nothing by which somebody is let in.
public struct S3Bucket: Sendable {
    /// The bucket, and the beginning of the keys.
    public let address: S3Address
    /// How much is taken and given.
    public var limits: S3Limits
    private let endpoint: S3Endpoint
    private let credentials: S3Credentials?

    /// Names a bucket; nothing is asked yet.
    ///
    /// - Parameter credentials: Who asks; `nil` for what everybody may read.
    public init(
        _ address: S3Address, at endpoint: S3Endpoint, credentials: S3Credentials?, limits: S3Limits = S3Limits()
    ) {
        self.address = address
        self.endpoint = endpoint
        self.credentials = credentials
        self.limits = limits
    }

    /// Asks, and asks again after failures that may pass.
    ///
    /// - Parameters:
    ///   - accepted: The statuses of answers that are not refused.
    ///   - deadline: The moment at which all of it is over.
    /// - Throws: ``DataError`` that names the bucket and the key.
    func answer(
        to request: S3Request, accepting accepted: Set<Int>, byteCountMax: Int = S3Limits.answerByteCountMax,
        until deadline: ContinuousClock.Instant?
    ) async throws(DataError) -> S3Answer {
        var schedule = RetrySchedule(retryCount: limits.retryCount)
        var numbers = SystemRandomNumberGenerator()
        while true {
            do {
                return try await attempt(request, accepting: accepted, byteCountMax: byteCountMax, until: deadline)
            } catch {
                var named = error
                named.message = "\(request.method) s3://\(address.bucket)/\(request.key): \(error.message)"
                guard let pause = schedule.pause(after: error.outlook, using: &numbers),
                    (try? await Task.sleep(for: pause)) != nil
                else { throw named }
            }
        }
    }

    private func attempt(
        _ request: S3Request, accepting accepted: Set<Int>, byteCountMax: Int, until deadline: ContinuousClock.Instant?
    ) async throws(DataError) -> S3Answer {
        let patience = min(limits.patience, deadline.map { $0 - .now } ?? limits.patience)
        guard patience > .zero else { throw DataError(.sourceFailed, "the time is over", outlook: .passing()) }
        let signed = try request.signed(
            by: credentials, for: endpoint, bucket: address.bucket, at: .now(), patience: patience)
        let answer: S3Answer
        do {
            let exchange = BoundedExchange(byteCountMax: byteCountMax, patience: patience)
            let (body, response) = try await exchange.answer(to: signed)
            answer = S3Answer(body: body, response: response)
        } catch {
            // That a server is away or slow is a failure of the source; the object may well be there.
            let kind = error.kind == .unreadable && error.outlook != .lasting ? .sourceFailed : error.kind
            throw DataError(kind, error.message, hint: error.hint, outlook: error.outlook)
        }
        guard accepted.contains(answer.status) else { throw answer.refusal }
        return answer
    }
}
