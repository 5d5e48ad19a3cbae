extension DecisionForest {
    /// Reads a regressor or classifier of the operator sets 1 to 4.
    ///
    /// - Parameter prefix: What the names of the weights begin with: `class` or `target`.
    init(classic context: NodeContext, prefix: String) throws(KernelProblem) {
        let labels = prefix == "class" ? try ClassLabels(context, integers: "classlabels_int64s") : nil
        let asked = try context.integer("n_targets", default: 1)
        let targetCount = labels?.count ?? asked
        try Self.check(targetCount: targetCount)
        let transform = try PostTransform(context)
        let attributes = try TreeAttributes(context, prefix: prefix)
        try Self.check(baseValueCount: attributes.baseValues.count, targetCount: targetCount, labels: labels)
        if let labels { try Self.check(labels, transform, baseValueCount: attributes.baseValues.count) }
        try self.init(
            attributes.parts(targetCount: targetCount), targetCount: targetCount,
            aggregate: labels == nil ? TreeAggregate(context) : .sum, transform: transform,
            baseValues: attributes.baseValues, precision: attributes.precision, labels: labels)
    }

    static func check(targetCount: Int) throws(KernelProblem) {
        guard targetCount > 0, targetCount <= NativeLimits.scores else {
            throw KernelProblem(.invalid, "\(targetCount) targets are not between 1 and \(NativeLimits.scores)")
        }
    }

    private static func check(
        baseValueCount count: Int, targetCount: Int, labels: ClassLabels?
    ) throws(KernelProblem) {
        guard count == 0 || count == targetCount || (labels != nil && targetCount == 2 && count == 1) else {
            let what = labels == nil ? "targets" : "classes"
            throw KernelProblem(.invalid, "\(count) base values are given for \(targetCount) \(what)")
        }
    }

    private static func check(
        _ labels: ClassLabels, _ transform: PostTransform, baseValueCount: Int
    ) throws(KernelProblem) {
        guard labels.count > 1 else { throw KernelProblem(.unsupported, "a classifier of one class is not covered") }
        guard !(labels.count == 2 && transform == .probit && baseValueCount != 2) else {
            throw KernelProblem(.unsupported, "a probit of two classes is not covered")
        }
    }
}
