import SlipwayData

/// Rows of cells in whatever form they come, from which the elements of tensors are made.
protocol CellSource {
    /// The number of rows.
    var rowCount: Int { get }

    /// The elements of some fields, given by their places in the signature: row after row, in the order of the fields.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for a cell that does not fit its field.
    func elements<Element: CellElement>(of fields: [Int]) throws(ModelError) -> [Element]
}

/// Rows of cells in the order of the signature's fields, which have checked them.
struct CellRows: CellSource {
    let rows: [[Value]]

    var rowCount: Int { rows.count }

    func elements<Element: CellElement>(of fields: [Int]) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(rows.count * fields.count)
        for row in rows {
            row.withUnsafeBufferPointer { cells in
                for field in fields { elements.append(Element.element(of: cells[field])) }
            }
        }
        return elements
    }
}

/// The columns of a table, one for each field of the signature.
struct CellColumns: CellSource {
    let fields: [InputField]
    /// The column of each field, or `nil` when all its cells are missing.
    let columns: [Column?]
    let rowCount: Int

    func elements<Element: CellElement>(of places: [Int]) throws(ModelError) -> [Element] {
        var elements = [Element](repeating: Element.element(of: .missing), count: rowCount * places.count)
        for (index, place) in places.enumerated() {
            let target = (elements: index, step: places.count)
            let field = fields[place]
            switch (columns[place]?.values, field.type) {
            case (.numbers(let cells)?, .number):
                try write(place, to: &elements, target) { Element.plain(cells[$0], for: field.elementType) }
            case (.integers(let cells)?, .number), (.integers(let cells)?, .integer):
                try write(place, to: &elements, target) { Element.plain(cells[$0], for: field.elementType) }
            case (.strings(let cells)?, .string):
                try write(place, to: &elements, target) { Element.plain(cells[$0]) }
            default: try write(place, to: &elements, target) { _ in nil }
            }
        }
        return elements
    }

    /// Writes one column; the field itself looks at the cells that are missing or have no plain element.
    @inline(__always)
    private func write<Element: CellElement>(
        _ place: Int, to elements: inout [Element], _ target: (elements: Int, step: Int), _ plain: (Int) -> Element?
    ) throws(ModelError) {
        let validity = columns[place]?.validity
        for row in 0..<rowCount {
            let index = target.elements + row * target.step
            if validity?[row] ?? true, let element = plain(row) {
                elements[index] = element
            } else {
                elements[index] = Element.element(of: try converted(place, row))
            }
        }
    }

    private func converted(_ place: Int, _ row: Int) throws(ModelError) -> Value {
        do throws(ModelError) {
            return try fields[place].converted(fromTable: columns[place]?[row] ?? .missing)
        } catch {
            var located = error
            located.rule = error.rule ?? error.message
            located.message = "row \(row + 1): \(error.message)"
            throw located
        }
    }
}
