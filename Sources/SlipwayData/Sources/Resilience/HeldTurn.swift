import Synchronization

/// A turn of a queue, which is given back once.
final class HeldTurn: Sendable {
    private let turns: TurnQueue
    private let isGivenBack = Atomic(false)

    /// Takes over a turn that was granted.
    init(of turns: TurnQueue) { self.turns = turns }

    deinit { giveBack() }

    /// Gives the turn back, if it was not yet.
    func giveBack() {
        guard !isGivenBack.exchange(true, ordering: .relaxed) else { return }
        turns.giveBack()
    }
}
