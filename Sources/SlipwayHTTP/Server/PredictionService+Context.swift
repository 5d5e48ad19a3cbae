import Hummingbird
import SlipwayServing

extension PredictionService {
    /// The served model that a request names in its path.
    func served(_ context: ServingContext) throws(ServingError) -> ServedModel {
        try served(context.modelName ?? "")
    }

    /// The served model that a request names in its path, of the version that stands there too, if one does.
    func servedVersion(_ context: ServingContext) throws(ServingError) -> ServedModel {
        guard let text = context.parameters.get("version") else { return try served(context) }
        let name = context.modelName ?? ""
        guard let version = Int(text) else {
            throw ServingError(.unknownModel, "'\(text.prefix(40))' is no version of \(name.prefix(80))")
        }
        return try served(name, version: version)
    }
}
