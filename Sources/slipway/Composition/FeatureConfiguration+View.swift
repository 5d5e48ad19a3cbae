import SlipwayFeatures
import SlipwayServing

extension FeatureConfiguration {
    /// The view that is replicated.
    var featureView: FeatureView {
        FeatureView(name: name, source: source, query: query, key: key, maxAge: ageMax, privacy: privacy.policies)
    }

    /// How its rows are used at prediction time.
    var use: FeatureUse {
        FeatureUse(ageMax: ageMax, staleness: staleness, timeout: lookUpTimeout, cacheAge: cacheAge)
    }
}
