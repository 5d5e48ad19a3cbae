package import SlipwayData
import Synchronization

/// What each served version was asked since the server started, and how long it took.
package final class ModelStatistics: Sendable {
    /// How often something happened, and how long it took altogether.
    package struct Tally: Equatable, Sendable {
        /// How often.
        package var count = 0
        /// The time of all of them.
        package var duration = Duration.zero

        mutating func add(_ duration: Duration) {
            count += 1
            self.duration += duration
        }
    }

    /// The figures of one version.
    package struct Figures: Equatable, Sendable {
        /// Calls answered, from their arrival to the answer.
        package var successes = Tally()
        /// Calls refused or failed after the model was found.
        package var failures = Tally()
        /// Runs of the model.
        package var inferences = Tally()
        /// Rows predicted.
        package var rowCount = 0
        /// When a call was last answered.
        package var lastInference: Timestamp?
    }

    private struct Key: Hashable {
        let model: String
        let version: Int
    }

    private let figures = Mutex<[Key: Figures]>([:])

    /// Starts with nothing counted.
    package init() {}

    /// The figures of a version; zero for one that was never asked.
    package func figures(of model: String, version: Int) -> Figures {
        figures.withLock { $0[Key(model: model, version: version)] ?? Figures() }
    }

    /// The rows that each version predicted, sorted; a version without any is left out.
    var rowCounts: [(model: String, version: Int, count: Int)] {
        let counts = figures.withLock { figures in
            figures.map { (model: $0.key.model, version: $0.key.version, count: $0.value.rowCount) }
        }
        return counts.filter { $0.count > 0 }.sorted { ($0.model, $0.version) < ($1.model, $1.version) }
    }

    /// Counts an answered call.
    func countSuccess(_ served: ServedModel, rows: Int, total: Duration, inference: Duration) {
        figures.withLock { figures in
            figures[Key(model: served.name, version: served.number), default: Figures()].addSuccess(
                rows: rows, total: total, inference: inference)
        }
    }

    /// Counts a call that was not answered.
    func countFailure(_ served: ServedModel, total: Duration) {
        figures.withLock {
            $0[Key(model: served.name, version: served.number), default: Figures()].failures.add(total)
        }
    }
}

extension ModelStatistics.Figures {
    fileprivate mutating func addSuccess(rows: Int, total: Duration, inference: Duration) {
        successes.add(total)
        inferences.add(inference)
        rowCount += rows
        lastInference = .now()
    }
}
