extension XGBoostModelReader {
    /// Puts the model together from what was gathered, and checks what concerns more than one member.
    func assembled() throws(ModelError) -> XGBoostModel {
        let learner = "learner"
        guard let objectiveName = draft.objectiveName else { throw defect("\(learner).objective.name is missing") }
        guard let objective = XGBoostObjective(name: objectiveName) else {
            throw ModelError(
                .unsupportedModel, "the XGBoost objective '\(objectiveName.prefix(60))' is not known",
                hint: "Push the model as ONNX instead.")
        }
        let featureCount = draft.featureCount
        guard featureCount > 0 else { throw defect("\(learner).learner_model_param.num_feature is missing or 0") }
        for (name, count) in [("feature_names", draft.featureNames.count), ("feature_types", draft.featureTypes.count)]
        where count != 0 && count != featureCount {
            throw defect("\(learner).\(name) has \(count) elements for \(featureCount) features")
        }
        guard draft.categories.isEmpty || draft.categories.count == featureCount else {
            throw defect("cats.enc has \(draft.categories.count) elements for \(featureCount) features")
        }
        let outputCount = max(1, draft.classCount, draft.targetCount)
        guard objective.link != .softmax || outputCount > 1 else {
            throw defect("\(learner).learner_model_param.num_class must be 2 or more for '\(objectiveName)'")
        }
        return XGBoostModel(
            version: draft.version.map(Int.init), featureNames: draft.featureNames, attributes: draft.attributes,
            featureCount: featureCount, featureTypes: draft.featureTypes, objective: objective,
            baseScores: try baseScores(of: objective, outputCount: outputCount), outputCount: outputCount,
            booster: try booster(outputCount: outputCount), categories: draft.categories)
    }

    private func booster(outputCount: Int) throws(ModelError) -> XGBoostModel.Booster {
        guard let name = draft.boosterName else { throw defect("learner.gradient_booster.name is missing") }
        switch name {
        case "gblinear":
            let expected = (draft.featureCount + 1) * outputCount
            guard let weights = draft.linearWeights, weights.count == expected else {
                throw defect(
                    "learner.gradient_booster.model.weights has \(draft.linearWeights?.count ?? 0) elements; expected "
                        + "\(expected)")
            }
            guard weights.allSatisfy(\.isFinite) else { throw defect("a weight of the linear model is not finite") }
            return .linear(weights)
        case "gbtree": return .trees(try forest(outputCount: outputCount, weights: nil))
        case "dart":
            let weights = draft.treeWeights ?? []
            guard weights.count == draft.trees?.count ?? 0, weights.allSatisfy(\.isFinite) else {
                throw defect(
                    "learner.gradient_booster.weight_drop must have one finite weight for each of "
                        + "\(draft.trees?.count ?? 0) trees, and has \(weights.count) elements")
            }
            return .trees(try forest(outputCount: outputCount, weights: weights))
        default:
            throw ModelError(
                .unsupportedModel, "the XGBoost booster '\(name.prefix(60))' is not known",
                hint: "Slipway reads gbtree, dart and gblinear.")
        }
    }

    private func forest(outputCount: Int, weights: [Float]?) throws(ModelError) -> XGBoostModel.Forest {
        guard let trees = draft.trees else { throw defect("learner.gradient_booster.model.trees is missing") }
        let outputs = draft.treeOutputs
        guard outputs.count == trees.count else {
            throw defect("tree_info has \(outputs.count) elements for \(trees.count) trees")
        }
        if let output = outputs.first(where: { $0 < 0 || $0 >= outputCount }) {
            throw defect("tree_info names output \(output), and there are \(outputCount)")
        }
        for (index, tree) in trees.enumerated() {
            if let defect = tree.defect(featureCount: draft.featureCount, outputCount: outputCount) {
                throw self.defect("learner.gradient_booster.model.trees[\(index)].\(defect)")
            }
        }
        return XGBoostModel.Forest(
            trees: trees, outputs: outputs, weights: weights,
            roundStarts: try roundStarts(treeCount: trees.count, outputCount: outputCount))
    }

    /// Where rounds begin; models of XGBoost before 2.0 do not say, but all of their rounds have equally many trees.
    private func roundStarts(treeCount: Int, outputCount: Int) throws(ModelError) -> [Int] {
        guard let stored = draft.roundStarts else {
            let step = outputCount.multipliedReportingOverflow(by: draft.parallelTreeCount)
            guard !step.overflow else { throw defect("num_parallel_tree is too large") }
            return Array(stride(from: 0, to: treeCount, by: step.partialValue)) + [treeCount]
        }
        let starts = stored.map(Int.init)
        guard starts.first == 0, starts.last == treeCount, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw defect("iteration_indptr does not rise from 0 to \(treeCount), the number of trees") }
        return starts
    }

    /// Reads `0.5` or, as XGBoost writes since 3.1, `[0.5,0.2]`.
    private func baseScores(of objective: XGBoostObjective, outputCount: Int) throws(ModelError) -> [Float] {
        guard let text = draft.baseScore else {
            throw defect("learner.learner_model_param.base_score is missing")
        }
        let list = Array((text.hasPrefix("[") ? text : "[\(text)]").utf8)
        let scores: [Float]? = list.withUnsafeBytes { buffer in
            var numbers = JSONDocumentReader(buffer, depthMax: 1)
            guard let scores = try? numbers.floats(), (try? numbers.finish()) != nil else { return nil }
            return scores
        }
        guard let scores, scores.count == 1 || scores.count == outputCount else {
            throw defect(
                "learner.learner_model_param.base_score must be 1 or \(outputCount) numbers, and is "
                    + "'\(text.prefix(60))'")
        }
        guard scores.allSatisfy({ objective.margin(ofBaseScore: $0).isFinite }) else {
            throw defect("learner.learner_model_param.base_score '\(text.prefix(60))' suits no '\(objective.name)'")
        }
        return scores
    }

    private func defect(_ problem: String) -> ModelError {
        ModelError(
            .malformedModel, "The XGBoost model is broken: \(problem).",
            hint: "Save the model again with Booster.save_model.")
    }
}
