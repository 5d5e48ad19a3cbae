import Foundation
import SlipwayEngines
import SlipwayModel

/// The native engine, whose model `bare` takes its time: each call waits while the hold is closed.
///
/// Its calls take long enough at load to count as slow.
struct HeldEngine: InferenceEngine {
    /// Opened and closed by a test.
    final class Hold: Sendable {
        private let condition = NSCondition()
        nonisolated(unsafe) private var isClosed = false
        nonisolated(unsafe) private var count = 0

        /// Makes every call wait from now on.
        func close() { condition.withLock { isClosed = true } }

        /// Lets all calls go on.
        func open() {
            condition.withLock { isClosed = false }
            condition.broadcast()
        }

        /// The calls that came to the engine while the hold was closed.
        var heldCount: Int { condition.withLock { count } }

        fileprivate func pass() {
            condition.lock()
            if isClosed { count += 1 }
            while isClosed { condition.wait() }
            condition.unlock()
        }
    }

    private struct Held: Predictor {
        let base: any Predictor
        let hold: Hold

        var engineName: String { base.engineName }

        func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
            usleep(2_000)
            hold.pass()
            return try base.predict(inputs)
        }
    }

    let hold = Hold()
    private let base = NativeEngine()

    var name: String { base.name }

    func support(for graph: Graph) -> EngineSupport { base.support(for: graph) }

    func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        let predictor = try base.load(graph)
        // Only `bare` reads one input of four numbers.
        return graph.inputs.map(\.name) == ["X"] ? Held(base: predictor, hold: hold) : predictor
    }
}
