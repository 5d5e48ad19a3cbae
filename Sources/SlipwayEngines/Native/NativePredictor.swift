import SlipwayModel

/// A graph that the native engine has compiled.
struct NativePredictor: Predictor {
    let plan: ExecutionPlan

    var engineName: String { "native" }

    func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
        try plan.run(inputs)
    }
}
