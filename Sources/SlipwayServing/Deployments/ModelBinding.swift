public import SlipwayData

/// What a project says about how a model is called: where missing features are looked up, by which key, and what of a
/// call may be logged.
public struct ModelBinding: Sendable {
    /// The feature view in the serving store; `nil` when the model is called with all fields.
    public var featureView: String?
    /// How the rows of the feature view are used.
    public var featureUse: FeatureUse
    /// The feature view that holds the model's stored predictions; `nil` where there are none.
    public var storedPredictions: StoredPredictionView?
    /// The field that names the entity, such as `customer_id`; logged with each prediction.
    public var key: String?
    /// What becomes of the model's own fields before they are logged; each must be an input of the model.
    public var privacy: [String: PrivacyPolicy]
    /// The policies of the feature view, which has applied them to its rows already.
    public var viewPrivacy: [String: PrivacyPolicy]
    /// HMAC-SHA-256 under the project's secret key; without one, fields to be hashed are left out of the log.
    public var keyedDigest: (@Sendable ([UInt8]) -> [UInt8])?

    /// Makes a binding.
    public init(
        featureView: String? = nil, featureUse: FeatureUse = FeatureUse(),
        storedPredictions: StoredPredictionView? = nil, key: String? = nil,
        privacy: [String: PrivacyPolicy] = [:],
        viewPrivacy: [String: PrivacyPolicy] = [:], keyedDigest: (@Sendable ([UInt8]) -> [UInt8])? = nil
    ) {
        self.featureView = featureView
        self.featureUse = featureUse
        self.storedPredictions = storedPredictions
        self.key = key
        self.privacy = privacy
        self.viewPrivacy = viewPrivacy
        self.keyedDigest = keyedDigest
    }

    /// Whether some field is hashed before it is logged, which takes the project's secret key.
    package var hashes: Bool { viewPrivacy.values.contains(.hash) || privacy.values.contains(.hash) }
}
