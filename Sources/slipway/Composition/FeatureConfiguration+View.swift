import SlipwayFeatures
import SlipwayServing

extension FeatureConfiguration {
    /// The view that is replicated.
    var featureView: FeatureView {
        let needed = predictionsOf.isEmpty ? [] : [StoredPredictionView.versionColumn, StoredPredictionView.timeColumn]
        let asker = "the stored predictions of \(predictionsOf.joined(separator: ", "))"
        return FeatureView(
            name: name, source: source, query: query, key: key, time: time,
            neededColumns: Dictionary(uniqueKeysWithValues: needed.map { ($0, asker) }), maxAge: ageMax,
            privacy: privacy.policies)
    }

    /// How its rows are used at prediction time.
    var use: FeatureUse {
        FeatureUse(
            ageMax: ageMax, staleness: staleness, timeout: lookUpTimeout, cacheAge: cacheAge, timeColumn: time,
            onFailure: onFailure)
    }
}
