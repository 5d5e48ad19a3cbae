/// What a person says about a model beyond its graph and examples.
public struct SignatureOptions: Equatable, Sendable {
    /// The column of the true outcome in the examples.
    public var target: String?
    /// The names of the fields of a single wide input, in order; `nil` takes them from the examples.
    public var columns: [String]?
    /// Example columns that are no field, such as the entity key.
    public var ignoredColumns: Set<String>
    /// What the project says of single fields, by name.
    public var overrides: [String: FieldOverride]
    /// The class that binary metrics speak of.
    public var positiveClass: String?

    /// Makes options; all of them may be left out.
    public init(
        target: String? = nil, columns: [String]? = nil, ignoredColumns: Set<String> = [],
        overrides: [String: FieldOverride] = [:], positiveClass: String? = nil
    ) {
        self.target = target
        self.columns = columns
        self.ignoredColumns = ignoredColumns
        self.overrides = overrides
        self.positiveClass = positiveClass
    }
}
