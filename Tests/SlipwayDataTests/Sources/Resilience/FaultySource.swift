import SlipwayData
import SlipwayTesting
import Synchronization

/// A source that plays a script of answers and failures, one step per fetch.
final class FaultySource: DataSource {
    /// What happens to a fetch.
    enum Step: Equatable {
        case answer
        /// Fails with what may pass.
        case fail
        /// Fails, and names the time before which it is not to be asked.
        case busy(Duration)
        /// Fails for good.
        case refuse
        /// Does not answer until it is let go, or its caller leaves.
        case hang
        /// Does not answer until it is let go, whoever leaves.
        case stuck

        var mayPass: Bool { self != .answer && self != .refuse }

        var reason: String {
            switch self {
            case .answer: ""
            case .fail: "it is away"
            case .busy: "it is busy"
            case .refuse: "the query is wrong"
            case .hang, .stuck: "did not finish within"
            }
        }

        static func random(using numbers: inout some RandomNumberGenerator) -> Step {
            switch Int.random(in: 0..<9, using: &numbers) {
            case 0: .answer
            case 1: .refuse
            case 2, 3: .hang
            case 4, 5: .busy(.seconds(Int.random(in: 1...20, using: &numbers)))
            default: .fail
            }
        }
    }

    private struct State {
        var steps: [Step]
        var moments: [Duration] = []
        var limits: [FetchLimits] = []
        var held: [FirstOutcome<Bool>] = []
        var runningCount = 0
        var runningCountMax = 0
    }

    private let clock: VirtualClock
    private let state: Mutex<State>

    init(_ steps: [Step], on clock: VirtualClock) {
        self.clock = clock
        state = Mutex(State(steps: steps))
    }

    var name: String { "faulty" }
    var kind: String { "script" }

    /// When it was asked.
    var moments: [Duration] { state.withLock { $0.moments } }
    /// Within what limits it was asked.
    var limits: [FetchLimits] { state.withLock { $0.limits } }
    /// Whether a fetch waits to be let go.
    var isHanging: Bool { state.withLock { !$0.held.isEmpty } }
    /// The fetches that run.
    var runningCount: Int { state.withLock { $0.runningCount } }
    /// The most fetches that ran at once.
    var runningCountMax: Int { state.withLock { $0.runningCountMax } }

    /// Answers the fetch that has hung for longest.
    func letOneGo() {
        let first = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        first?.decide(true)
    }

    func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] { [] }

    func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        InMemoryStream(try await fetch(query, limits: FetchLimits(timeout: limits.timeout)), limits: limits)
    }

    func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let now = clock.now.offset
        let step = state.withLock { state in
            state.moments.append(now)
            state.limits.append(limits)
            state.runningCount += 1
            state.runningCountMax = max(state.runningCountMax, state.runningCount)
            return state.steps.isEmpty ? .answer : state.steps.removeFirst()
        }
        defer { state.withLock { $0.runningCount -= 1 } }
        switch step {
        case .answer: break
        case .fail: throw failure(step, .passing())
        case .busy(let wait): throw failure(step, .passing(after: wait))
        case .refuse: throw failure(step, .lasting)
        case .hang: try await hang(isCancellable: true)
        case .stuck: try await hang(isCancellable: false)
        }
        return try Table(columns: [Column(name: "a", values: .integers([1]))])
    }

    private func hang(isCancellable: Bool) async throws(DataError) {
        let held = FirstOutcome<Bool>()
        state.withLock { $0.held.append(held) }
        let isLetGo = await withTaskCancellationHandler {
            await held.value
        } onCancel: {
            guard isCancellable else { return }
            state.withLock { $0.held.removeAll { $0 === held } }
            held.decide(false)
        }
        guard isLetGo else { throw failure(.hang, .passing()) }
    }

    private func failure(_ step: Step, _ outlook: DataError.Outlook) -> DataError {
        DataError(.sourceFailed, "source 'faulty': \(step.reason)", outlook: outlook)
    }
}
