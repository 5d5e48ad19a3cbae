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

    /// The columns of which anything is said.
    var columns: Set<String> { Set(policies.keys).union(ciphers.keys) }

    /// What is done to each column, as the project file says it.
    var texts: [String: String] {
        policies.mapValues(\.text).merging(ciphers.mapValues { _ in "decrypt" }) { policy, cipher in
            "\(cipher), then \(policy)"
        }
    }

    /// What is said of the columns that a rule names.
    func limited(to isNamed: (String) -> Bool) -> ViewPrivacy {
        ViewPrivacy(
            policies: policies.filter { isNamed($0.key) }, ciphers: ciphers.filter { isNamed($0.key) })
    }

    /// What is said here and elsewhere, which counts where both say something.
    func merging(_ other: ViewPrivacy) -> ViewPrivacy {
        ViewPrivacy(
            policies: policies.merging(other.policies) { $1 }, ciphers: ciphers.merging(other.ciphers) { $1 })
    }
}
