import SlipwayData
import SlipwayFeatures

extension FeatureConfiguration {
    /// The view that is replicated.
    var featureView: FeatureView {
        FeatureView(
            name: name, source: source, query: query, key: key, maxAge: ageMax,
            privacy: policies)
    }

    /// What becomes of personal columns before they are kept.
    var policies: [String: PrivacyPolicy] {
        privacy.mapValues { rule in
            switch rule {
            case .hash: .hash
            case .mask: .mask
            case .drop: .drop
            }
        }
    }
}
