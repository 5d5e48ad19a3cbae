public import SlipwayData

/// Turns rows of cells into the tensors that a graph reads.
public struct InputEncoder: Sendable {
    /// A graph input and the fields that fill its row.
    private struct Slot: Sendable {
        let input: String
        let type: ElementType
        /// The places of the fields in the signature, in the order of the row.
        let fields: [Int]
        /// The dimensions of a row, or `nil` when the fields do not fill it.
        let rowShape: [Int]?
    }

    private let fields: [InputField]
    private let slots: [Slot]

    /// Makes an encoder for a signature.
    ///
    /// - Parameter graphInputs: The declared inputs, whose shapes the tensors get; one that is absent reads a matrix.
    public init(_ signature: Signature, for graphInputs: [GraphValue] = []) {
        let fields = signature.inputs
        var places: [String: [Int]] = [:]
        var names: [String] = []
        for (index, field) in fields.enumerated() {
            if places[field.slot.input] == nil { names.append(field.slot.input) }
            places[field.slot.input, default: []].append(index)
        }
        self.fields = fields
        slots = names.map { name in
            let ordered = (places[name] ?? []).sorted { fields[$0].slot.index < fields[$1].slot.index }
            let declared = graphInputs.first { $0.name == name }
            return Slot(
                input: name, type: fields[ordered[0]].elementType, fields: ordered,
                rowShape: declared.map { $0.rowShape(width: ordered.count) } ?? [ordered.count])
        }
    }

    /// Encodes rows of cells in the order of the signature's fields.
    ///
    /// - Parameter rows: Cells as ``Signature/cells(of:allowing:)`` returns them.
    /// - Returns: One tensor per graph input: the rows, then the declared dimensions, in row-major order.
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for a row with too few or too many cells.
    /// - Complexity: O(rows × fields).
    public func tensors(of rows: [[Value]]) throws(ModelError) -> [String: Tensor] {
        if let row = rows.firstIndex(where: { $0.count != fields.count }) {
            throw ModelError(.signatureMismatch, "row \(row + 1) has \(rows[row].count) cells, not \(fields.count)")
        }
        return try tensors(of: CellRows(rows: rows))
    }

    /// Encodes a table by column name; types are converted, range and categories are not looked at.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for an absent column or a cell of the wrong type; the
    ///   message names column and row, counted from 1.
    /// - Complexity: O(rows × fields).
    public func tensors(of table: Table) throws(ModelError) -> [String: Tensor] {
        var columns: [Column?] = []
        columns.reserveCapacity(fields.count)
        for field in fields {
            let column = table[field.name]
            if column == nil, field.isRequired {
                throw ModelError(
                    .signatureMismatch, "there is no column '\(field.name)'",
                    hint: "The rows have \(table.names.prefix(40).joined(separator: ", ")).", field: field.name)
            }
            columns.append(column)
        }
        return try tensors(of: CellColumns(fields: fields, columns: columns, rowCount: table.rowCount))
    }

    private func tensors(of source: some CellSource) throws(ModelError) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        tensors.reserveCapacity(slots.count)
        for slot in slots {
            guard let rowShape = slot.rowShape else {
                throw ModelError(
                    .signatureMismatch, "\(slot.fields.count) values do not fill a row of the input '\(slot.input)'",
                    field: slot.input)
            }
            tensors[slot.input] = Tensor(
                shape: [source.rowCount] + rowShape, elements: try elements(of: slot, from: source))
        }
        return tensors
    }

    /// The elements of an input in the form in which tensors keep them; narrow integer types travel as `int64`.
    private func elements(of slot: Slot, from source: some CellSource) throws(ModelError) -> Tensor.Elements {
        switch slot.type {
        case .float16, .float32: .float32(try source.elements(of: slot.fields))
        case .float64: .float64(try source.elements(of: slot.fields))
        case .int32: .int32(try source.elements(of: slot.fields))
        case .int8, .int16, .int64, .uint8, .uint16, .uint32, .uint64: .int64(try source.elements(of: slot.fields))
        case .bool: .bool(try source.elements(of: slot.fields))
        case .string: .string(try source.elements(of: slot.fields))
        }
    }
}
