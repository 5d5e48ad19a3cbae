package import SlipwayMonitoring
import Synchronization

/// What each part of the deployments was asked since the server started.
package final class RoleStatistics: Sendable {
    /// The figures of one part.
    package struct Figures: Equatable, Sendable {
        /// Calls answered; by a shadow, for nobody.
        package var callCount = 0
        /// Calls that the model failed on.
        package var failureCount = 0
        /// Rows predicted.
        package var rowCount = 0
        /// Calls answered from the cache.
        package var cachedCount = 0
        /// Calls that a shadow was not shown, because too many waited.
        package var droppedCount = 0
    }

    struct Key: Hashable, Comparable {
        let model: String
        let role: PredictionRecord.Role

        static func < (left: Key, right: Key) -> Bool {
            (left.model, left.role.rawValue) < (right.model, right.role.rawValue)
        }
    }

    private let figures = Mutex<[Key: Figures]>([:])

    /// Starts with nothing counted.
    package init() {}

    /// The figures of a part of a model's deployment.
    package func figures(of model: String, _ role: PredictionRecord.Role) -> Figures {
        figures.withLock { $0[Key(model: model, role: role)] ?? Figures() }
    }

    /// All figures, sorted.
    var all: [(key: Key, figures: Figures)] {
        figures.withLock { $0.map { ($0.key, $0.value) } }.sorted { $0.0 < $1.0 }
    }

    func countAnswer(_ served: ServedModel, rows: Int, isCached: Bool) {
        update(served) { figures in
            figures.callCount += 1
            figures.rowCount += rows
            if isCached { figures.cachedCount += 1 }
        }
    }

    func countFailure(_ served: ServedModel) { update(served) { $0.failureCount += 1 } }

    func countDrop(_ served: ServedModel) { update(served) { $0.droppedCount += 1 } }

    private func update(_ served: ServedModel, _ change: (inout Figures) -> Void) {
        figures.withLock { change(&$0[Key(model: served.name, role: served.role), default: Figures()]) }
    }
}
