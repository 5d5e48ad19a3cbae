import SlipwayFeatures

extension FeatureConfiguration {
    /// The view that is replicated.
    var featureView: FeatureView {
        FeatureView(name: name, source: source, query: query, key: key, maxAge: ageMax, privacy: privacy.policies)
    }
}
