import HummingbirdCore
import NIOCore
import SlipwayServing

/// The body of a request that goes on to arrive while the request is handled; its reader sets the pace.
///
/// It belongs to its event loop and is touched nowhere else.
struct BodyStream {
    /// A body is read on when less than this many of its pieces wait.
    static let lowWatermark = 2
    /// A body is not read on while this many of its pieces wait.
    static let highWatermark = 8

    private typealias Producer = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, Delegate
    >

    /// Hears from the reader.
    private struct Delegate: NIOAsyncSequenceProducerDelegate {
        let onDemand: @Sendable () -> Void

        func produceMore() { onDemand() }

        func didTerminate() { onDemand() }
    }

    /// The body, for the one who handles the request.
    let body: RequestBody
    private let source: Producer.Source

    /// Starts a body.
    ///
    /// - Parameter onDemand: Called, on any thread, when the reader wants more or does not want the rest.
    init(onDemand: @escaping @Sendable () -> Void) {
        let parts = Producer.makeSequence(
            backPressureStrategy: .init(lowWatermark: Self.lowWatermark, highWatermark: Self.highWatermark),
            finishOnDeinit: true, delegate: Delegate(onDemand: onDemand))
        body = RequestBody(asyncSequence: parts.sequence)
        source = parts.source
    }

    /// Adds what arrived; `false` when the reader has enough for now.
    func add(_ bytes: ByteBuffer) -> Bool {
        if case .stopProducing = source.yield(bytes) { false } else { true }
    }

    /// Ends the body, or breaks it off.
    func end(_ error: (any Error)? = nil) {
        if let error { source.finish(error) } else { source.finish() }
    }
}
