/// The values that the codes 0, 1, 2, … of a categorical feature stand for.
enum XGBoostCategories: Sendable, Equatable {
    /// Texts.
    case texts([String])
    /// Whole numbers.
    case integers([Int64])

    /// How many categories there are.
    var count: Int {
        switch self {
        case .texts(let values): values.count
        case .integers(let values): values.count
        }
    }
}
