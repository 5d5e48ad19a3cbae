import SlipwayModel

/// `Shape`: the dimensions of a tensor, or a range of them.
final class ShapeKernel: UnaryKernel {
    private let start: Int
    private let end: Int?

    init(_ context: NodeContext) throws(KernelProblem) {
        start = try context.integer("start", default: 0)
        end = try context.integer("end")
    }

    /// Whether all dimensions are told.
    var isWhole: Bool { start == 0 && end == nil }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let rank = input.shape.count
        let from = place(start, rank)
        let to = max(from, place(end ?? rank, rank))
        return Tensor(input.shape[from..<to].map { Int64($0) }, shape: [to - from])
    }

    private func place(_ index: Int, _ rank: Int) -> Int {
        if index < -rank { return 0 }
        return min(rank, index < 0 ? index + rank : index)
    }
}
