import SlipwayData
import SlipwayFeatures

/// What a look-up found for one key.
struct FoundFeatures: Sendable {
    /// The cells by column name; `nil` where no row has the key.
    var row: [String: Value]?
    /// When the source was asked for them.
    var replicatedAt: Timestamp
}
