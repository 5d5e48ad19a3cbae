import Foundation

/// A small model in LightGBM's text, of two trees over the features `amount` and `code`.
enum LightGBMText {
    static let header = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=binary sigmoid:1
        feature_names=amount code
        feature_infos=[-3:3] 0:1:2:40
        tree_sizes=100 100


        """

    static let trees = """
        Tree=0
        num_leaves=3
        num_cat=1
        split_feature=0 1
        threshold=0.5 0
        decision_type=10 1
        left_child=1 -1
        right_child=-3 -2
        leaf_value=0.25 -0.5 1
        leaf_count=30 20 50
        internal_count=100 50
        cat_boundaries=0 2
        cat_threshold=5 256
        is_linear=0
        shrinkage=1


        Tree=1
        num_leaves=1
        num_cat=0
        split_feature=
        threshold=
        decision_type=
        left_child=
        right_child=
        leaf_value=0.125
        is_linear=0
        shrinkage=1


        end of trees


        """

    static let notes = """
        feature_importances:
        amount=1

        parameters:
        [boosting: gbdt]
        [categorical_feature: 1]

        end of parameters

        pandas_categorical:null

        """

    static let whole = header + trees + notes

    /// The model with the first occurrence of a text replaced.
    static func replacing(_ text: String, with other: String) -> Data {
        guard let range = whole.range(of: text) else { return Data() }
        return Data(whole.replacingCharacters(in: range, with: other).utf8)
    }

    /// A model whose column `code` holds pandas categories.
    static func withCategories(_ json: String) -> Data {
        replacing("pandas_categorical:null", with: "pandas_categorical:\(json)")
    }
}
