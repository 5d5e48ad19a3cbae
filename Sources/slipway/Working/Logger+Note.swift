import Logging
import SlipwayPipelines

extension Logger {
    /// Writes down what happened to a worker.
    func note(_ event: RunWorker.Event) {
        func facts(_ run: Run, _ more: Metadata = [:]) -> Metadata {
            ["run": "\(run.id)", "job": "\(run.job)", "due": "\(run.dueAt)"].merging(more) { $1 }
        }
        switch event {
        case .schedules(true): info("makes the runs that schedules are due")
        case .schedules(false): info("makes no more runs of schedules")
        case .scheduled(let run): info("made a run", metadata: facts(run))
        case .took(let run): info("took a run", metadata: facts(run, ["attempt": "\(run.attemptCount)"]))
        case .did(let run, let result): info("did a run", metadata: facts(run, ["result": "\(result)"]))
        case .failed(let run, let error):
            self.error("an attempt failed; nothing of it is kept", metadata: facts(run, ["error": "\(error)"]))
        case .gaveBack(let run): notice("gave a run back", metadata: facts(run))
        case .lost(let run): warning("a run was cancelled, or is another worker's now", metadata: facts(run))
        case .storeFailed(let error): warning("the runs cannot be looked at for now", metadata: ["error": "\(error)"])
        }
    }
}
