import SlipwayData

/// An element of a tensor as it is made from a cell.
///
/// The functions named `plain` take what fits the declared type as it is, and leave everything else to the field.
protocol CellElement {
    /// The element of a cell that the field has checked; what is missing gets the sign for it.
    static func element(of cell: Value) -> Self
    static func plain(_ number: Double, for declared: ElementType) -> Self?
    static func plain(_ whole: Int64, for declared: ElementType) -> Self?
    static func plain(_ text: String) -> Self?
}

extension CellElement {
    static func plain(_ number: Double, for declared: ElementType) -> Self? { nil }
    static func plain(_ whole: Int64, for declared: ElementType) -> Self? { nil }
    static func plain(_ text: String) -> Self? { nil }
}

extension Float: CellElement {
    static func element(of cell: Value) -> Float { cell.asNumber.map { Float($0) } ?? .nan }

    static func plain(_ number: Double, for declared: ElementType) -> Float? {
        let single = Float(number)
        return declared == .float32 && single.isFinite ? single : nil
    }

    static func plain(_ whole: Int64, for declared: ElementType) -> Float? { plain(Double(whole), for: declared) }
}

extension Double: CellElement {
    static func element(of cell: Value) -> Double { cell.asNumber ?? .nan }

    static func plain(_ number: Double, for declared: ElementType) -> Double? {
        declared == .float64 && number.isFinite ? number : nil
    }

    static func plain(_ whole: Int64, for declared: ElementType) -> Double? { plain(Double(whole), for: declared) }
}

extension Int64: CellElement {
    static func element(of cell: Value) -> Int64 { cell.whole ?? 0 }

    static func plain(_ whole: Int64, for declared: ElementType) -> Int64? { declared == .int64 ? whole : nil }
}

extension Int32: CellElement {
    static func element(of cell: Value) -> Int32 { cell.whole.map { Int32(clamping: $0) } ?? 0 }
}

extension Bool: CellElement {
    static func element(of cell: Value) -> Bool { cell.asNumber == 1 }
}

extension String: CellElement {
    static func element(of cell: Value) -> String { cell.text }

    static func plain(_ text: String) -> String? { text }
}

extension Value {
    fileprivate var whole: Int64? {
        switch self {
        case .integer(let whole): whole
        case .boolean(let truth): truth ? 1 : 0
        case .number(let number): Int64(exactly: number.rounded())
        case .string, .missing: nil
        }
    }
}
