import SlipwayData

/// One fetch: the work on a thread that may block, stopped at its time or when nobody waits for it any longer.
struct TimedQuery {
    let source: String
    let timeout: Duration

    /// Does the work, which gives its connection to the interrupter as soon as it has one.
    ///
    /// - Throws: ``DataError`` that names the source.
    func run(_ work: @escaping @Sendable (Interrupter) throws(DataError) -> Table) async throws(DataError) -> Table {
        let interrupter = Interrupter(after: timeout)
        let outcome: Result<Table, DataError> = await withTaskCancellationHandler {
            await BlockingWork.run { Result { () throws(DataError) in try work(interrupter) } }
        } onCancel: {
            interrupter.stop()
        }
        switch outcome {
        case .success(let table): return table
        case .failure where interrupter.hasFired: throw .timedOut(after: timeout, source: source)
        case .failure(let error): throw error.naming(source: source)
        }
    }
}
