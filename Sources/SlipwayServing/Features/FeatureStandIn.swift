/// What stands in for stored features where the store cannot answer.
package enum FeatureStandIn: String, Sendable, CaseIterable {
    /// A row that was looked up before, and is older than rows may answer again.
    case stale
    /// The values that the project states.
    case `default`
}
