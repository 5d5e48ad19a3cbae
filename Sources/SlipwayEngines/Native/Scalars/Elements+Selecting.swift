import SlipwayModel

extension Tensor.Elements {
    /// The elements at the given places, which the caller has checked.
    ///
    /// - Complexity: O(indices).
    func selecting(_ indices: [Int]) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32(indices.map { array[$0] })
        case .float64(let array): .float64(indices.map { array[$0] })
        case .int32(let array): .int32(indices.map { array[$0] })
        case .int64(let array): .int64(indices.map { array[$0] })
        case .bool(let array): .bool(indices.map { array[$0] })
        case .string(let array): .string(indices.map { array[$0] })
        }
    }

    /// The first element over and over; the caller has checked that there is one.
    ///
    /// - Complexity: O(count).
    func repeatingFirst(count: Int) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32([Float](repeating: array[0], count: count))
        case .float64(let array): .float64([Double](repeating: array[0], count: count))
        case .int32(let array): .int32([Int32](repeating: array[0], count: count))
        case .int64(let array): .int64([Int64](repeating: array[0], count: count))
        case .bool(let array): .bool([Bool](repeating: array[0], count: count))
        case .string(let array): .string([String](repeating: array[0], count: count))
        }
    }
}
