import SlipwayModel

/// Several nodes computed in one pass over the rows.
///
/// ## Contract for implementers
/// - ``run(_:)`` gives exactly what the nodes give one after the other, or `nil`. It is `nil` where a node would fail and
///   wherever the inputs are not as expected: the nodes then run one by one, and the one at fault is named.
protocol FusedPass: AnyObject, Sendable {
    /// Computes the values that the step of this pass writes.
    func run(_ inputs: Arguments) -> [Tensor]?
}
