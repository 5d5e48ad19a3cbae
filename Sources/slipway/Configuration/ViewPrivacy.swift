import SlipwayData

/// What becomes of the personal columns of a feature view.
struct ViewPrivacy: Equatable, Sendable {
    /// How a column is encrypted at its source.
    struct Cipher: Equatable, Sendable {
        /// The key.
        var key: TextReference
        /// What the decrypted texts are read as.
        var type: ColumnType
    }

    /// The policies of columns that must not be stored as they come.
    var policies: [String: PrivacyPolicy] = [:]
    /// The columns that come encrypted.
    var ciphers: [String: Cipher] = [:]

    /// The policies for what is logged of the columns: one that its source keeps encrypted is not logged in clear.
    var loggedPolicies: [String: PrivacyPolicy] {
        ciphers.mapValues { _ in PrivacyPolicy.drop }.merging(policies) { _, policy in policy }
    }
}
