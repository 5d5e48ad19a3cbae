public import SlipwayData

/// One field of a row that a model reads.
public struct InputField: Codable, Equatable, Sendable {
    /// Where the field's value goes in the graph.
    public struct Slot: Codable, Equatable, Sendable {
        /// The graph input.
        public var input: String
        /// The column of that input's row.
        public var index: Int

        /// Makes a slot.
        public init(input: String, index: Int) {
            self.input = input
            self.index = index
        }
    }

    /// The name that callers use.
    public var name: String
    /// The type of its values.
    public var type: ColumnType
    /// Whether a row without it is refused; an optional field without a default is passed on as missing.
    public var isRequired: Bool
    /// The value that stands in for a missing one.
    public var defaultValue: Value?
    /// The smallest value allowed.
    public var minimum: Double?
    /// The largest value allowed.
    public var maximum: Double?
    /// The only texts or whole numbers allowed, in order.
    public var categories: [Value]?
    /// The unit of the values, such as `months`.
    public var unit: String?
    /// What the field means, in plain words.
    public var meaning: String?
    /// Where the value goes in the graph.
    public var slot: Slot
    /// The element type of that slot.
    public var elementType: ElementType

    /// Makes a field.
    public init(
        name: String, type: ColumnType, isRequired: Bool = true, defaultValue: Value? = nil, minimum: Double? = nil,
        maximum: Double? = nil, categories: [Value]? = nil, unit: String? = nil, meaning: String? = nil, slot: Slot,
        elementType: ElementType
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.minimum = minimum
        self.maximum = maximum
        self.categories = categories
        self.unit = unit
        self.meaning = meaning
        self.slot = slot
        self.elementType = elementType
    }

    private enum CodingKeys: String, CodingKey {
        case name, type
        case isRequired = "required"
        case defaultValue = "default"
        case minimum, maximum, categories, unit, meaning, slot
        case elementType = "element_type"
    }
}
