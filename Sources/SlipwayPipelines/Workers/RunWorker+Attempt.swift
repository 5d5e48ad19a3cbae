import SlipwayData

extension RunWorker {
    /// How an attempt came to its end, whichever was first.
    private enum End: Sendable {
        case done(String)
        case failed(String)
        case lost
        case tookTooLong
    }

    /// Does a run, and keeps its lease meanwhile.
    ///
    /// - Returns: Whether it was done.
    func attempt(_ run: Run) async -> Bool {
        defer { forget(run.ticket) }
        guard let job = jobs[run.job] else { return false }
        let fence = RunFence(run, store: store, leaseTime: options.leaseTime, policy: job.policy)
        let end = await withTaskGroup(of: End?.self) { group in
            group.addTask(executorPreference: WorkQueue.shared) { await Self.work(on: job, fence) }
            group.addTask { await self.renew(run, job.policy) ? nil : .lost }
            group.addTask {
                try? await Task.sleep(for: job.timeLimit)
                return Task.isCancelled ? nil : .tookTooLong
            }
            var end: End?
            while end == nil, let next = await group.next() { end = next }
            if case .tookTooLong = end { await self.end(run, .failed(Self.delay(of: job)), job.policy) }
            group.cancelAll()
            return end
        }
        switch end {
        case .done(let text): return await self.end(run, .done(text), job.policy)
        case .failed(let text):
            await self.end(run, Task.isCancelled ? .givenBack : .failed(text), job.policy)
        case .lost: report(.lost(run))
        case .tookTooLong, nil: break
        }
        return false
    }

    private static func delay(of job: PlannedJob) -> String { "it took longer than \(job.timeLimit)" }

    private static func work(on job: PlannedJob, _ fence: RunFence) async -> End {
        do {
            return .done(try await job.work(fence))
        } catch let error as any DescribedError {
            return .failed([error.message, error.hint].compactMap(\.self).joined(separator: " "))
        } catch {
            return .failed("\(error)")
        }
    }

    /// Renews the lease until the run is another's, or the task is cancelled.
    ///
    /// - Returns: Whether the run was still this worker's.
    private func renew(_ run: Run, _ policy: RunPolicy) async -> Bool {
        while !Task.isCancelled {
            try? await Task.sleep(for: options.leaseTime / 3)
            guard !Task.isCancelled else { break }
            // A store that cannot be reached now may be reached before the lease passes, and after.
            let isHeld = try? await blocking { worker throws(PipelineError) in
                try worker.store.renew(run.ticket, for: worker.options.leaseTime, policy: policy)
            }
            if isHeld == false { return false }
        }
        return true
    }

    /// Keeps what came of an attempt, trying as long as it may where the store cannot be reached.
    ///
    /// - Returns: Whether the run was this worker's to end.
    @discardableResult
    private func end(_ run: Run, _ outcome: Run.Outcome, _ policy: RunPolicy) async -> Bool {
        let deadline = ContinuousClock.now + options.endingTime
        while true {
            do throws(PipelineError) {
                let isHeld = try await blocking { worker throws(PipelineError) in
                    try worker.store.end(run.ticket, with: outcome, policy: policy)
                }
                guard isHeld else {
                    report(.lost(run))
                    return false
                }
                switch outcome {
                case .done(let text): report(.did(run, result: text))
                case .failed(let text): report(.failed(run, error: text))
                case .givenBack: report(.gaveBack(run))
                }
                return true
            } catch {
                guard ContinuousClock.now < deadline, !Task.isCancelled else {
                    report(.storeFailed(error))
                    return false
                }
                try? await Task.sleep(for: options.interval)
            }
        }
    }
}
