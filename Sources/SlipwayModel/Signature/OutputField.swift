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

    /// The outputs of a graph that depend on its rows, in order.
    static func derived(from graph: Graph) -> [OutputField] {
        zip(graph.outputs, graph.outputLayouts).compactMap { output, layout in
            let width: Int? =
                switch layout {
                case .rows: output.width
                case .tables(let count): output.tableWidth.map { $0 * count }
                case .sideBySide: 1
                case .stacked(let width): width
                case .constant: nil
                }
            guard layout != .constant else { return nil }
            return OutputField(
                name: output.name, elementType: output.type.elementType, width: width,
                labels: graph.classLabels(of: output.name))
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case elementType = "element_type"
        case width, labels
    }
}
