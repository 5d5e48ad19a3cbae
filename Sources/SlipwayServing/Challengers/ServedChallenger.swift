import SlipwayData
import SlipwayModel
import SlipwayMonitoring
package import SlipwayRegistry
import Synchronization

/// A version that is loaded and tried beside a champion.
package final class ServedChallenger: Sendable {
    /// What the registry says of the trial.
    package let deployed: Challenger
    /// The loaded version.
    package let model: ServedModel
    /// What was seen of both in this process; `nil` for a shadow.
    package let trial: CanaryTrial?
    /// Which calls or entities it gets.
    let split: TrafficSplit

    private let stopped = Atomic(false)

    /// Begins a trial.
    ///
    /// - Parameters:
    ///   - champion: The number of the version that it is tried beside.
    ///   - calls: What both are asked.
    init(_ deployed: Challenger, model: ServedModel, beside champion: Int, calls: CallMetrics) {
        self.deployed = deployed
        var model = model
        model.role = deployed.mode == .shadow ? .shadow : .challenger
        model.challenger = nil
        self.model = model
        trial =
            deployed.mode == .shadow
            ? nil
            : CanaryTrial(
                guardrail: deployed.guardrail, champion: calls.tally(of: model.name, version: champion, as: .champion),
                challenger: calls.tally(of: model.name, version: model.number, as: .challenger))
        split = TrafficSplit(share: deployed.share, model: model.name, version: model.number)
    }

    /// Whether it gets no calls any more, although the registry may still name it.
    package var isStopped: Bool { stopped.load(ordering: .relaxed) }

    /// Gives it no more calls, before the registry hears of it.
    func stop() { stopped.store(true, ordering: .relaxed) }

    /// The rows of a call that it gets: those of its entities, and where no key is told all of them or none.
    func rows(of rows: [[Value]], keys: [String?]) -> [Int] {
        guard !isStopped else { return [] }
        let isDrawn = split.draws()
        guard let name = deployed.key else { return isDrawn ? Array(rows.indices) : [] }
        let input = model.model.signature.inputs.firstIndex { $0.name == name }
        return rows.indices.filter { row in
            let cell = input.flatMap { rows[row][$0].isMissing ? nil : rows[row][$0].text }
            let key = name == model.binding.key ? keys[row] ?? cell : cell
            return key.map(split.picks) ?? isDrawn
        }
    }
}
