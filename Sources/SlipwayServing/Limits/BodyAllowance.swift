import Synchronization

/// The bytes of a body that one request may hold, taken from a budget of all requests and given back at its end.
package final class BodyAllowance: Sendable {
    /// The allowance of a request that may have no body.
    package static let none = BodyAllowance(byteCountMax: 0, budget: ByteBudget(byteCountMax: 0))

    /// The largest body, in bytes.
    package let byteCountMax: Int
    private let budget: ByteBudget
    private let held = Atomic(0)

    package init(byteCountMax: Int, budget: ByteBudget) {
        self.byteCountMax = byteCountMax
        self.budget = budget
    }

    deinit { giveBack() }

    /// Takes bytes that arrived.
    ///
    /// - Throws: ``ServingError``: `tooLarge` above the limit of one body, `busy` when the bodies of all requests are
    ///   too large together.
    package func take(_ byteCount: Int) throws(ServingError) {
        guard held.load(ordering: .relaxed) + byteCount <= byteCountMax else { throw tooLarge }
        try budget.take(byteCount)
        held.add(byteCount, ordering: .relaxed)
    }

    /// Gives back what was taken.
    package func giveBack() { budget.give(held.exchange(0, ordering: .relaxed)) }

    /// Gives back some of what was taken, for a request that goes on with another message.
    package func giveBack(_ byteCount: Int) {
        held.subtract(byteCount, ordering: .relaxed)
        budget.give(byteCount)
    }

    /// What a body that is larger than the limit is refused with.
    package var tooLarge: ServingError {
        ServingError(
            .tooLarge, "the body is larger than \(ByteBudget.text(of: byteCountMax))",
            hint: "Send the rows in several requests, or use slipway score.")
    }
}
