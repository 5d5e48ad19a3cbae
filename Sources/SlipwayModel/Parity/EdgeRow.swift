import SlipwayData

/// A row made to find out whether engines agree where models tend to part.
struct EdgeRow: Equatable {
    /// The cells in the order of the signature's fields.
    var cells: [Value]
    /// The fields that are odd; the others are those of a base row.
    var fields: [Int]

    /// The row in words: the odd fields with their values.
    func description(_ signature: Signature) -> String {
        let named = fields.prefix(4).map { "'\(signature.inputs[$0].name)' = \(Self.text(cells[$0]))" }
        return "the edge row with \(named.joined(separator: ", "))\(fields.count > 4 ? ", …" : "")"
    }

    /// A cell in words.
    static func text(_ cell: Value) -> String {
        switch cell {
        case .number(let number) where number.isNaN: "NaN"
        case .missing: "missing"
        case .number(let number) where number == 0 && number.sign == .minus: "-0"
        case .string(let text): "'\(text.prefix(40))'"
        default: cell.text
        }
    }
}

extension Signature {
    /// Whether a row can come to the model from anywhere.
    ///
    /// Its odd fields are of the right type, finite, and present where they are required. Ranges and
    /// categories are not looked at, which not every way of asking does.
    func mayMeet(_ row: EdgeRow) -> Bool {
        row.fields.allSatisfy { index in
            let (field, cell) = (inputs[index], row.cells[index])
            if cell.isMissing { return !field.isRequired || field.defaultValue != nil }
            return (try? field.converted(cell)) != nil
        }
    }
}

extension GraphValue {
    /// Whether the graph takes a fixed number of rows above one at a time.
    var hasFixedRowCount: Bool {
        guard case .tensor(_, let shape?) = type, case let count?? = shape.first else { return false }
        return count > 1
    }
}
