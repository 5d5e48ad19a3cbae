import SlipwayData

/// Gathers cells into the elements of a tensor.
///
/// Missing numbers become NaN, missing texts the empty text. Narrow integer types travel as `int64`, as everywhere.
struct ElementBuffer {
    private(set) var elements: Tensor.Elements

    init(type: ElementType, capacity: Int) {
        func reserved<Element>(_: Element.Type) -> [Element] {
            var array: [Element] = []
            array.reserveCapacity(capacity)
            return array
        }
        elements =
            switch type {
            case .float16, .float32: .float32(reserved(Float.self))
            case .float64: .float64(reserved(Double.self))
            case .int32: .int32(reserved(Int32.self))
            case .int8, .int16, .int64, .uint8, .uint16, .uint32, .uint64: .int64(reserved(Int64.self))
            case .bool: .bool(reserved(Bool.self))
            case .string: .string(reserved(String.self))
            }
    }

    /// Adds a cell that the field has already checked for its type.
    mutating func append(_ cell: Value) {
        // Each case empties `elements` first, so that the array is grown in place and not copied.
        switch elements {
        case .float32(var array):
            elements = .float32([])
            array.append(cell.asNumber.map { Float($0) } ?? .nan)
            elements = .float32(array)
        case .float64(var array):
            elements = .float64([])
            array.append(cell.asNumber ?? .nan)
            elements = .float64(array)
        case .int32(var array):
            elements = .int32([])
            array.append(cell.whole.map { Int32(clamping: $0) } ?? 0)
            elements = .int32(array)
        case .int64(var array):
            elements = .int64([])
            array.append(cell.whole ?? 0)
            elements = .int64(array)
        case .bool(var array):
            elements = .bool([])
            array.append(cell.asNumber == 1)
            elements = .bool(array)
        case .string(var array):
            elements = .string([])
            array.append(cell.text)
            elements = .string(array)
        }
    }
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
