/// The feature views that a file defines, for the models that refer to them.
struct DeclaredViews {
    /// The names of all views, the broken ones too, so that one mistake is not reported twice.
    let names: [String]
    /// The views that read without a problem, by name.
    let views: [String: FeatureConfiguration]

    /// The source of a view, when the view read without a problem.
    func source(of view: String) -> String? { views[view]?.source }

    /// The key column of a view, when the view read without a problem.
    func key(of view: String) -> String? { views[view]?.key }
}
