public import SlipwayData

/// Turns rows of cells into the tensors that a graph reads.
public struct InputEncoder: Sendable {
    private let signature: Signature
    private let graphInputs: [String: GraphValue]

    /// Makes an encoder for a signature.
    ///
    /// - Parameter graphInputs: The declared inputs, whose shapes the tensors get; one that is absent reads a matrix.
    public init(_ signature: Signature, for graphInputs: [GraphValue] = []) {
        self.signature = signature
        self.graphInputs = Dictionary(graphInputs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Encodes rows of cells in the order of the signature's fields.
    ///
    /// - Parameter rows: Cells as ``Signature/cells(of:allowing:)`` returns them.
    /// - Returns: One tensor per graph input: the rows, then the declared dimensions, in row-major order.
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for a row with too few or too many cells.
    /// - Complexity: O(rows × fields).
    public func tensors(of rows: [[Value]]) throws(ModelError) -> [String: Tensor] {
        let count = signature.inputs.count
        if let row = rows.firstIndex(where: { $0.count != count }) {
            throw ModelError(.signatureMismatch, "row \(row + 1) has \(rows[row].count) cells, not \(count)")
        }
        return try tensors(rowCount: rows.count) { field, row in rows[row][field] }
    }

    /// Encodes a table by column name; types are converted, range and categories are not looked at.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for an absent column or a cell of the wrong type; the
    ///   message names column and row, counted from 1.
    /// - Complexity: O(rows × fields).
    public func tensors(of table: Table) throws(ModelError) -> [String: Tensor] {
        var columns: [Column?] = []
        for field in signature.inputs {
            let column = table[field.name]
            if column == nil, field.isRequired {
                throw ModelError(
                    .signatureMismatch, "there is no column '\(field.name)'",
                    hint: "The rows have \(table.names.prefix(40).joined(separator: ", ")).", field: field.name)
            }
            columns.append(column)
        }
        let fields = signature.inputs
        return try tensors(rowCount: table.rowCount) { field, row throws(ModelError) in
            do throws(ModelError) {
                return try fields[field].converted(fromTable: columns[field]?[row] ?? .missing)
            } catch {
                throw ModelError(
                    error.kind, "row \(row + 1): \(error.message)", hint: error.hint, field: error.field)
            }
        }
    }

    private func tensors(
        rowCount: Int, cell: (_ field: Int, _ row: Int) throws(ModelError) -> Value
    ) throws(ModelError) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        for (input, fields) in slots {
            let type = signature.inputs[fields[0]].elementType
            var buffer = ElementBuffer(type: type, capacity: rowCount * fields.count)
            for row in 0..<rowCount {
                for field in fields { buffer.append(try cell(field, row)) }
            }
            tensors[input] = Tensor(
                shape: [rowCount] + (try rowShape(of: input, width: fields.count)), elements: buffer.elements)
        }
        return tensors
    }

    private func rowShape(of input: String, width: Int) throws(ModelError) -> [Int] {
        guard let declared = graphInputs[input] else { return [width] }
        if let shape = declared.rowShape(width: width) { return shape }
        throw ModelError(.signatureMismatch, "\(width) values do not fill a row of the input '\(input)'", field: input)
    }

    /// For each graph input the fields that fill its row, in the order of their slots.
    private var slots: [String: [Int]] {
        var slots: [String: [Int]] = [:]
        for (index, field) in signature.inputs.enumerated() { slots[field.slot.input, default: []].append(index) }
        return slots.mapValues { fields in
            fields.sorted { signature.inputs[$0].slot.index < signature.inputs[$1].slot.index }
        }
    }
}
