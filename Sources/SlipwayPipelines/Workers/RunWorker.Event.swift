extension RunWorker {
    /// What happened to a worker, for its log.
    public enum Event: Sendable {
        /// It is the one that makes the runs of schedules, or is so no more.
        case schedules(Bool)
        /// It made a run.
        case scheduled(Run)
        /// It took a run.
        case took(Run)
        /// It did a run.
        case did(Run, result: String)
        /// An attempt failed.
        case failed(Run, error: String)
        /// It gave a run back.
        case gaveBack(Run)
        /// A run became another's, or was cancelled.
        case lost(Run)
        /// The store cannot be used, for now.
        case storeFailed(PipelineError)
    }
}
