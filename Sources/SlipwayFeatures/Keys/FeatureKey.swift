public import SlipwayData

/// The value that a row of a feature view is found by, in the form that its column has.
///
/// Keys are equal byte for byte, as databases compare them: the two Unicode spellings of `é` are two keys.
public struct FeatureKey: Hashable, Sendable {
    /// The cell in the type of the key column; never missing.
    public let value: Value
    private let identity: Identity

    /// Takes a value as a key of a column, or `nil` when no row can have it.
    ///
    /// A value of another type is converted where its text is the same, because keys arrive as text in addresses:
    /// `"12"` finds the whole number 12 and 12 finds the text `12`, but `"012"` finds no number.
    public init?(_ value: Value, in type: ColumnType) {
        switch (type, value) {
        case (_, .missing): return nil
        case (.integer, _):
            guard let whole = Self.whole(value) else { return nil }
            self.value = .integer(whole)
            identity = .whole(whole)
        case (.number, _):
            guard let number = Self.number(value) else { return nil }
            self.value = .number(number)
            identity = .bits(number.bitPattern)
        case (.boolean, _):
            guard let truth = Self.truth(value) else { return nil }
            self.value = .boolean(truth)
            identity = .whole(truth ? 1 : 0)
        case (.string, _):
            guard !value.isMissing, !value.text.utf8.contains(0) else { return nil }
            self.value = .string(value.text)
            identity = .bytes(Array(value.text.utf8))
        }
    }

    private enum Identity: Hashable {
        case whole(Int64)
        case bits(UInt64)
        case bytes([UInt8])
    }

    private static func whole(_ value: Value) -> Int64? {
        switch value {
        case .integer(let whole): whole
        case .number(let number): Int64(exactly: number)
        case .string(let text): Int64(text).flatMap { String($0) == text ? $0 : nil }
        case .boolean, .missing: nil
        }
    }

    private static func number(_ value: Value) -> Double? {
        let number: Double? =
            switch value {
            case .integer(let whole): Double(exactly: whole)
            case .number(let number): number
            case .string(let text): Double(text).flatMap { Value.number($0).text == text ? $0 : nil }
            case .boolean, .missing: nil
            }
        guard let number, !number.isNaN else { return nil }
        // Zero has two bit patterns and is one key.
        return number == 0 ? 0 : number
    }

    private static func truth(_ value: Value) -> Bool? {
        switch value {
        case .boolean(let truth): truth
        case .integer(0), .string("false"): false
        case .integer(1), .string("true"): true
        default: nil
        }
    }
}

extension FeatureKey: Comparable {
    /// The order of rows in a store: numbers by size, texts by their bytes.
    public static func < (left: FeatureKey, right: FeatureKey) -> Bool {
        switch (left.value, right.value) {
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.integer(let left), .integer(let right)): left < right
        default: (left.value.asNumber ?? 0) < (right.value.asNumber ?? 0)
        }
    }
}
