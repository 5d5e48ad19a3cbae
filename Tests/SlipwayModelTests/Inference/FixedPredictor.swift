import SlipwayModel

/// A predictor that answers what a closure says, as an engine would.
struct FixedPredictor: Predictor {
    let engineName = "fixed"
    let answer: @Sendable ([String: Tensor]) -> [PredictorOutput]

    func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] { answer(inputs) }

    /// Adds an amount to every element of the input `x`, as the output `y`.
    static func adding(_ amount: Float) -> FixedPredictor {
        FixedPredictor { inputs in
            guard let x = inputs["x"], case .float32(let values) = x.elements else { return [] }
            return [
                PredictorOutput(
                    name: "y", tensor: Tensor(shape: x.shape, elements: .float32(values.map { $0 + amount })))
            ]
        }
    }
}
