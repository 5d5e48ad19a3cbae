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
}
