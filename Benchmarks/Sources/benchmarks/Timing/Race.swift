/// Contenders timed side by side: each round asks every one of them, and every round begins with another.
///
/// What disturbs the machine for a while then disturbs all of them, and a ratio is taken within one round. Time is what
/// the processor spent on the process and all its threads.
struct Race {
    /// What one contender took in every round, in seconds per row.
    struct Times: Sendable {
        /// One call for the whole batch.
        var batch: [Double] = []
        /// One call per row, with another row each time.
        var single: [Double] = []
    }

    /// How many rounds there are.
    let rounds: Int
    /// How long each contender is asked in one round, in seconds; a single slow call may take longer.
    let budget: Double

    /// Times contenders on the rows of a subject, after a call of each kind to warm up.
    func run(
        _ contenders: [(kind: ContenderKind, contender: any Contender)], on subject: Subject
    ) throws -> [ContenderKind: Times] {
        var times: [ContenderKind: Times] = [:]
        var plans: [(batchCalls: Int, passes: Int)] = []
        for (_, contender) in contenders {
            _ = try Self.seconds(ofBatches: 1, by: contender)
            _ = try Self.seconds(ofPasses: 1, over: subject.rows.count, by: contender)
            let batch = try Self.seconds(ofBatches: 1, by: contender)
            let pass = try Self.seconds(ofPasses: 1, over: subject.rows.count, by: contender)
            plans.append((calls(fitting: batch), calls(fitting: pass)))
        }
        for round in 0..<rounds {
            for turn in contenders.indices {
                let place = (turn + round) % contenders.count
                let (kind, contender) = contenders[place]
                let batches = try Self.seconds(ofBatches: plans[place].batchCalls, by: contender)
                let passes = try Self.seconds(ofPasses: plans[place].passes, over: subject.rows.count, by: contender)
                times[kind, default: Times()].batch.append(
                    batches / Double(plans[place].batchCalls * subject.rowCount))
                times[kind, default: Times()].single.append(passes / Double(plans[place].passes * subject.rows.count))
            }
        }
        return times
    }

    private func calls(fitting seconds: Double) -> Int { max(1, Int(budget / max(seconds, 1e-9))) }

    private static func seconds(ofBatches count: Int, by contender: any Contender) throws -> Double {
        let started = contender.processorSeconds()
        for _ in 0..<count { _ = try contender.predictBatch() }
        return contender.processorSeconds() - started
    }

    private static func seconds(
        ofPasses count: Int, over rows: Int, by contender: any Contender
    ) throws -> Double {
        let started = contender.processorSeconds()
        for _ in 0..<count {
            for row in 0..<rows { _ = try contender.predictRow(row) }
        }
        return contender.processorSeconds() - started
    }
}
