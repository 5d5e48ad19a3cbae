import Hummingbird
import SlipwayServing

extension PredictionService {
    /// The served model that a request names in its path.
    func served(_ context: ServingContext) throws(ServingError) -> ServedModel {
        try served(context.modelName ?? "")
    }

    /// The served model that a request names in its path, of the version that stands there too, if one does.
    func servedVersion(_ context: ServingContext) throws(ServingError) -> ServedModel {
        try served(context.modelName ?? "", versionText: context.parameters.get("version"))
    }
}
