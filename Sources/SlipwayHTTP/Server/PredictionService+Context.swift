import SlipwayServing

extension PredictionService {
    /// The served model that a request names in its path.
    func served(_ context: ServingContext) throws(ServingError) -> ServedModel {
        try served(context.modelName ?? "")
    }
}
