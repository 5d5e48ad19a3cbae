import SlipwayServing
import Synchronization

/// The bytes of a body that one request may hold, taken from a budget of all requests and given back at its end.
final class BodyAllowance: Sendable {
    /// The allowance of a request that may have no body.
    static let none = BodyAllowance(byteCountMax: 0, budget: ByteBudget(byteCountMax: 0))

    /// The largest body, in bytes.
    let byteCountMax: Int
    private let budget: ByteBudget
    private let held = Atomic(0)

    init(byteCountMax: Int, budget: ByteBudget) {
        self.byteCountMax = byteCountMax
        self.budget = budget
    }

    deinit { budget.give(held.load(ordering: .relaxed)) }

    /// Takes bytes that arrived.
    ///
    /// - Throws: ``ServingError``: `tooLarge` above the limit of one body, `busy` when the bodies of all requests are
    ///   too large together.
    func take(_ byteCount: Int) throws(ServingError) {
        guard held.load(ordering: .relaxed) + byteCount <= byteCountMax else { throw tooLarge }
        guard budget.take(byteCount) else {
            throw ServingError(
                .busy, "the bodies of all requests together are larger than \(Self.text(of: budget.byteCountMax))",
                hint: "Try again later, or send less at a time.", retryAfterSeconds: 1)
        }
        held.add(byteCount, ordering: .relaxed)
    }

    /// What a body that is larger than the limit is refused with.
    var tooLarge: ServingError {
        ServingError(
            .tooLarge, "the body is larger than \(Self.text(of: byteCountMax))",
            hint: "Send the rows in several requests, or use slipway score.")
    }

    private static func text(of byteCount: Int) -> String {
        byteCount % (1 << 20) == 0 ? "\(byteCount >> 20) MiB" : "\(byteCount) bytes"
    }
}
