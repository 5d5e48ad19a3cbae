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
