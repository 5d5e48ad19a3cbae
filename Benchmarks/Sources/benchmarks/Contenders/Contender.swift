import Foundation

/// A library with one model loaded, ready to answer the rows of a ``Subject``.
///
/// ## Contract for implementers
/// - Inputs are laid out in the library's own form before any call, so that calls cost what the library costs.
/// - A call uses one thread, and its answer reaches the caller: nothing is left to be computed later.
protocol Contender {
    /// Answers all rows of the batch in one call.
    ///
    /// - Returns: The last number of the last answer.
    func predictBatch() throws -> Double

    /// Answers one row in one call; rows are asked for by their place among ``Subject/singleRowCount``.
    ///
    /// - Returns: The last number of the answer.
    func predictRow(_ index: Int) throws -> Double

    /// The last number of the answer to each row of the batch, or all contributions to it, to compare contenders by.
    func answers() throws -> [Double]

    /// What the processor has spent on the contender's calls so far, and perhaps on others.
    ///
    /// What other programs make a call wait for is no cost of the call, and does not count.
    func processorSeconds() -> Double
}

extension Contender {
    /// What the processor has spent on this process and all its threads.
    func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
