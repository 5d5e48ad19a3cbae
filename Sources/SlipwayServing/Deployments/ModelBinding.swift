/// What a project says about how a model is called: where missing features are looked up, and by which key.
public struct ModelBinding: Equatable, Sendable {
    /// The feature view in the serving store; `nil` when the model is called with all fields.
    public var featureView: String?
    /// The field that names the entity, such as `customer_id`; logged with each prediction.
    public var key: String?

    /// Makes a binding.
    public init(featureView: String? = nil, key: String? = nil) {
        self.featureView = featureView
        self.key = key
    }
}
