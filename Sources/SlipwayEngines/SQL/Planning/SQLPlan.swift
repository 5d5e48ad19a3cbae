import SlipwayModel

/// A model as a chain of steps, each of which computes columns from those of the step before.
///
/// An expression that is read more than once, or that lies too deep for a database, becomes a column of a step of its
/// own. So the text grows with the model and no faster, however much its expressions share.
struct SQLPlan {
    /// One `SELECT` of the chain.
    struct Step {
        /// The columns computed here.
        var computed: [ExpressionID] = []
        /// The columns of earlier steps that later ones still read.
        var carried: [ExpressionID] = []
    }

    /// A column of the answer.
    struct Output {
        let name: String
        let expression: ExpressionID
    }

    let pool: ExpressionPool
    let signature: Signature
    let dialect: SQLDialect
    /// The fields that are read, by their place in the signature.
    let fields: [Int]
    let steps: [Step]
    let outputs: [Output]
    /// The names of computed columns.
    let columnNames: [ExpressionID: String]

    /// Plans what a lowered graph computes.
    ///
    /// - Throws: ``ModelError`` of kind `limitExceeded` when a step has more columns than the dialect allows.
    init(_ lowering: GraphLowering, _ signature: Signature, for dialect: SQLDialect) throws(ModelError) {
        var pool = lowering.pool
        let refusal = pool.any(lowering.refusals)
        var outputs: [Output] = []
        for output in lowering.outputs {
            for (index, column) in output.columns.enumerated() {
                let name = output.columns.count == 1 ? output.name : "\(output.name)_\(index)"
                let kind = pool.facts(of: column).kind
                let value = kind == .truth ? pool.definite(column) : column
                let answer = pool.choose(refusal, pool.missing(kind), value)
                outputs.append(Output(name: name, expression: answer))
            }
        }
        let rounding = RoundingPass(pool, roots: outputs.map(\.expression), for: dialect)
        let planned = outputs.map { Output(name: $0.name, expression: rounding.place(of: $0.expression)) }
        let staging = StagingPass(rounding.result, roots: planned.map(\.expression), for: dialect)
        self.pool = rounding.result
        self.signature = signature
        self.dialect = dialect
        self.outputs = planned
        fields = staging.fields
        steps = staging.steps
        var names: [ExpressionID: String] = [:]
        for id in staging.steps.flatMap(\.computed) { names[id] = "x\(names.count)" }
        columnNames = names
        let widest = steps.map { $0.computed.count + $0.carried.count }.max() ?? 0
        guard max(widest, planned.count, fields.count) <= dialect.columnCountMax else {
            throw ModelError(
                .limitExceeded,
                "the query would have a step of \(max(widest, planned.count, fields.count)) columns, "
                    + "and \(dialect.rawValue) is given at most \(dialect.columnCountMax)",
                hint: "Export a smaller model, for another database, or score with `slipway score`.")
        }
    }
}
