/// One output of a model.
public struct OutputField: Codable, Equatable, Sendable {
    /// The name of the graph output.
    public var name: String
    /// The element type of its values.
    public var elementType: ElementType
    /// The values in a row; `nil` where the graph leaves it open.
    public var width: Int?
    /// The classes that the columns stand for, where known.
    public var labels: [String]?

    /// Makes an output.
    public init(name: String, elementType: ElementType, width: Int?, labels: [String]? = nil) {
        self.name = name
        self.elementType = elementType
        self.width = width
        self.labels = labels
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case elementType = "element_type"
        case width, labels
    }
}
