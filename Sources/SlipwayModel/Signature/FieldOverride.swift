public import SlipwayData

/// What a project says about one input field, over what is derived from the graph and the examples.
///
/// Every part is optional; a part left `nil` keeps the derived one.
public struct FieldOverride: Equatable, Sendable {
    /// The type of the values.
    public var type: ColumnType?
    /// Whether a row without the field is refused.
    public var isRequired: Bool?
    /// The value that stands in for a missing one.
    public var defaultValue: Value?
    /// The smallest value allowed.
    public var minimum: Double?
    /// The largest value allowed.
    public var maximum: Double?
    /// The only values allowed.
    public var categories: [Value]?
    /// The unit of the values.
    public var unit: String?
    /// What the field means, in plain words.
    public var meaning: String?

    /// Makes an override.
    public init(
        type: ColumnType? = nil, isRequired: Bool? = nil, defaultValue: Value? = nil, minimum: Double? = nil,
        maximum: Double? = nil, categories: [Value]? = nil, unit: String? = nil, meaning: String? = nil
    ) {
        self.type = type
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.minimum = minimum
        self.maximum = maximum
        self.categories = categories
        self.unit = unit
        self.meaning = meaning
    }

    /// The field with what this override says.
    ///
    /// A default makes a field optional unless the override says otherwise. It may lie outside range and categories,
    /// as stand-ins like -1 do, but not outside the type.
    func applied(to field: InputField) throws(ModelError) -> InputField {
        var field = field
        if let type {
            guard field.elementType.accepts(type) else {
                throw ModelError(
                    .invalidSignature,
                    "field '\(field.name)' cannot be \(type.rawValue): the model reads \(field.elementType) there",
                    field: field.name)
            }
            field.type = type
        }
        if let defaultValue, !defaultValue.isMissing {
            field.defaultValue = try Self.fitted(defaultValue, to: field, as: "the default")
            field.isRequired = false
        }
        if let isRequired { field.isRequired = isRequired }
        if let minimum { field.minimum = minimum }
        if let maximum { field.maximum = maximum }
        if let low = field.minimum, let high = field.maximum, low > high {
            throw ModelError(
                .invalidSignature, "field '\(field.name)' allows from \(low) to \(high), which is nothing",
                field: field.name)
        }
        if let categories {
            field.categories = try categories.map { category throws(ModelError) in
                try Self.fitted(category, to: field, as: "the category")
            }
        }
        if let unit { field.unit = unit }
        if let meaning { field.meaning = meaning }
        return field
    }

    private static func fitted(
        _ value: Value, to field: InputField, as what: String
    ) throws(ModelError) -> Value {
        guard !value.isMissing, let fitted = try? field.converted(fromTable: value) else {
            throw ModelError(
                .invalidSignature,
                "\(what) '\(value.text.prefix(60))' of field '\(field.name)' is no \(field.type.rawValue)",
                field: field.name)
        }
        return fitted
    }
}
