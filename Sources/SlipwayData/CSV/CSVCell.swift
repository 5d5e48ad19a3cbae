/// A field of a record that is to become a number or a truth value.
struct CSVCell {
    /// Whether the field is blank or spelled as a missing value.
    let isMissing: Bool
    /// The narrowest type that holds the cell without loss; text for a whole number beyond 64 bits, because that is
    /// an identifier whose every digit counts.
    let inferredType: ColumnType
    private let value: Value?

    /// Reads the bytes of a field.
    init(_ bytes: UnsafeBufferPointer<UInt8>, missingSpellings: CSVMissingSpellings) {
        var text = NumberText(bytes)
        isMissing = text.isEmpty || missingSpellings.contains(text)
        value = isMissing ? nil : text.value() ?? text.truth.map(Value.boolean)
        inferredType = text.isWholeBeyond64Bits ? .string : value?.type ?? .string
    }

    /// The cell as truth; 0 and 1 count.
    var truth: Bool? {
        switch value {
        case .boolean(let truth): truth
        case .integer(0): false
        case .integer(1): true
        default: nil
        }
    }

    /// The cell as a whole number; `1.0` counts.
    var whole: Int64? {
        switch value {
        case .integer(let whole): whole
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The cell as a number.
    var number: Double? {
        switch value {
        case .integer(let whole): Double(whole)
        case .number(let number): number
        default: nil
        }
    }
}
