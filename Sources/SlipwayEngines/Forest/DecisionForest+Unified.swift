import SlipwayModel

extension DecisionForest {
    /// Reads `TreeEnsemble`, which operator set 5 has in place of the regressor and the classifier.
    ///
    /// A leaf has one weight there. The attributes have covers of branches only; unless `covers` has all, leaves have
    /// none. The members of a set are compared as they are, while ONNX Runtime 1.31 cuts the feature to a whole number
    /// if a set holds negative numbers or numbers above 30.
    init(unified context: NodeContext, covers: [Double]) throws(KernelProblem) {
        guard context.opset >= 5 else {
            throw KernelProblem(.unsupported, "the operator is of operator set 5, not \(context.opset)")
        }
        let targetCount = try context.integer("n_targets", default: 0)
        try Self.check(targetCount: targetCount)
        let aggregate = try TreeAggregate(number: context.integer("aggregate_function", default: 1))
        let transform = try PostTransform(number: context.integer("post_transform", default: 0))
        let attributes = try UnifiedAttributes(context, covers: covers)
        try self.init(
            attributes.parts(targetCount: targetCount), targetCount: targetCount, aggregate: aggregate,
            transform: transform, baseValues: [], precision: attributes.precision, labels: nil)
    }
}

extension TreeAggregate {
    /// The aggregate that operator set 5 gives a number.
    fileprivate init(number: Int) throws(KernelProblem) {
        let numbered: [TreeAggregate] = [.average, .sum, .minimum, .maximum]
        guard numbered.indices.contains(number) else {
            throw KernelProblem(.invalid, "aggregate_function \(number) is not known")
        }
        self = numbered[number]
    }
}

extension PostTransform {
    /// The transform that ONNX Runtime gives a number of operator set 5.
    ///
    /// The specification has softmax for 1 and logistic for 2; ONNX Runtime 1.31 has them the other way round, and a
    /// model must not answer differently in two engines.
    fileprivate init(number: Int) throws(KernelProblem) {
        let numbered: [PostTransform] = [.none, .logistic, .softmax, .softmaxZero, .probit]
        guard numbered.indices.contains(number) else {
            throw KernelProblem(.invalid, "post_transform \(number) is not known")
        }
        self = numbered[number]
    }
}
