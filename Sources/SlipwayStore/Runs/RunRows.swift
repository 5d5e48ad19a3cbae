import SlipwayData
import SlipwayPipelines
import SlipwaySQL

extension Run {
    /// The columns of the table `runs`.
    static let columns = [
        "id", "kind", "name", "environment", "due_ms", "origin", "made_ms", "state", "attempts", "token", "holder",
        "lease_ms", "available_ms", "started_ms", "ended_ms", "result", "error",
    ]

    /// The cells of the table's columns.
    var cells: [Value] {
        func text(_ text: String?) -> Value { text.map(Value.string) ?? .missing }
        func moment(_ moment: Timestamp?) -> Value { moment.map { .integer($0.milliseconds) } ?? .missing }
        return [
            .string(id), .string(job.kind.rawValue), .string(job.name), .string(job.environment), moment(dueAt),
            .string(origin.rawValue), moment(madeAt), .string(state.rawValue), .integer(Int64(attemptCount)),
            .integer(Int64(token)), text(holder), moment(leaseEnd), moment(availableAt), moment(startedAt),
            moment(endedAt), text(result), text(error),
        ]
    }

    /// Reads a row of the table `runs`.
    init(_ row: SQLRow) throws {
        guard let kind = Job.Kind(rawValue: try row.text("kind")),
            let origin = Origin(rawValue: try row.text("origin")), let state = State(rawValue: try row.text("state"))
        else {
            throw PipelineError(
                .storeFailed, "the store holds a run of a newer Slipway", hint: "Update Slipway.")
        }
        func moment(_ name: String) throws(SQLError) -> Timestamp? {
            try row.integerIfPresent(name).map { Timestamp(milliseconds: Int64($0)) }
        }
        self.init(
            of: Job(kind, try row.text("name"), in: try row.text("environment")),
            dueAt: Timestamp(milliseconds: Int64(try row.integer("due_ms"))), origin: origin,
            madeAt: Timestamp(milliseconds: Int64(try row.integer("made_ms"))), state: state,
            attemptCount: try row.integer("attempts"), token: try row.integer("token"),
            holder: try row.textIfPresent("holder"), leaseEnd: try moment("lease_ms"),
            availableAt: Timestamp(milliseconds: Int64(try row.integer("available_ms"))),
            startedAt: try moment("started_ms"), endedAt: try moment("ended_ms"),
            result: try row.textIfPresent("result"), error: try row.textIfPresent("error"))
    }
}
