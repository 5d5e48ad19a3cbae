import SlipwayData

/// What is to be changed in one field of a model's signature; `nil` leaves what the package derived.
struct InputConfiguration: Equatable, Sendable {
    /// The name of the field.
    var name: String
    /// The type of its values.
    var type: ColumnType?
    /// Whether a row without it is refused.
    var isRequired: Bool?
    /// The value that stands in for a missing one.
    var defaultValue: Value?
    /// The smallest value allowed.
    var minimum: Double?
    /// The largest value allowed.
    var maximum: Double?
    /// The only values allowed, in order.
    var categories: [Value]?
    /// The unit of the values.
    var unit: String?
    /// What the field means, in plain words.
    var meaning: String?
}
