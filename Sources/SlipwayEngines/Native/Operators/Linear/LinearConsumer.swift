import SlipwayModel

/// A kernel whose answers follow from the scores of a linear model.
protocol LinearConsumer: Kernel {
    /// Gets the first row of a block, the number of its rows, and ``LinearScores/lanes`` sums for each.
    typealias Take = (_ first: Int, _ rows: Int, _ sums: UnsafeMutablePointer<Double>) -> Void

    /// The linear model.
    var model: LinearScores { get }

    /// The elements that are written for each row.
    var answerWidth: Int { get }

    /// Turns the scores of all rows into the outputs of the node.
    ///
    /// - Parameter source: Hands out the sums of all rows, block by block.
    func answers(rows: Int, from source: (Take) -> Void) -> [Tensor]
}
