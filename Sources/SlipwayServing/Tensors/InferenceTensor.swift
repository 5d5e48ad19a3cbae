package import SlipwayData
package import SlipwayModel

/// One input tensor of a request, as cells in row-major order.
package struct InferenceTensor: Equatable, Sendable {
    /// The most elements of one tensor.
    package static let elementCountMax = 10_000_000
    /// The most dimensions of one tensor.
    package static let rankMax = 8

    /// The name of the graph's input.
    package var name: String
    /// The type in which the caller sent the elements.
    package var datatype: ElementType
    /// The dimensions, outermost first.
    package var shape: [Int]
    /// The elements.
    package var cells: [Value]

    /// Makes a tensor.
    ///
    /// - Precondition: The product of `shape` is the number of cells.
    package init(name: String, datatype: ElementType, shape: [Int], cells: [Value]) {
        precondition(shape.reduce(1, *) == cells.count, "shape \(shape) does not hold \(cells.count) cells")
        self.name = name
        self.datatype = datatype
        self.shape = shape
        self.cells = cells
    }

    /// The number of elements of a shape that a caller sent.
    ///
    /// - Throws: ``ServingError``: `malformed` for sizes that are none, `tooLarge` above ``elementCountMax``.
    package static func elementCount(of shape: [Int64], input name: String) throws(ServingError) -> Int {
        guard shape.count <= rankMax else {
            throw ServingError(
                .malformed, "input '\(name)' has \(shape.count) dimensions; \(rankMax) are the limit", field: name)
        }
        var count = 1
        for size in shape {
            guard size >= 0, size <= elementCountMax else {
                throw ServingError(.malformed, "the shape of input '\(name)' is not a list of sizes", field: name)
            }
            count *= Int(size)
            guard count <= elementCountMax else {
                throw ServingError(.tooLarge, "input '\(name)' has more than \(elementCountMax) elements", field: name)
            }
        }
        return count
    }

    /// The element type that the protocol calls by a name.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for a name that it does not know.
    package static func datatype(_ text: String, input name: String) throws(ServingError) -> ElementType {
        guard let type = ElementType.allCases.first(where: { $0.protocolName == text }) else {
            throw ServingError(
                .malformed, "input '\(name)' has the unknown datatype '\(text.prefix(20))'",
                hint: "The datatypes are \(ElementType.allCases.map(\.protocolName).sorted().joined(separator: ", ")).",
                field: name)
        }
        return type
    }
}
