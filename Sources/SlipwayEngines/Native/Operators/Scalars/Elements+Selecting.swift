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

    /// The elements at the same places of every block of `length` elements; the caller has checked the places.
    ///
    /// - Parameters:
    ///   - places: Places within a block, in the order wanted.
    ///   - blocks: The number of blocks.
    /// - Complexity: O(blocks · places).
    func selecting(_ places: [Int], ofEach length: Int, blocks: Int) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32(Self.select(array, places, length, blocks))
        case .float64(let array): .float64(Self.select(array, places, length, blocks))
        case .int32(let array): .int32(Self.select(array, places, length, blocks))
        case .int64(let array): .int64(Self.select(array, places, length, blocks))
        case .bool(let array): .bool(Self.select(array, places, length, blocks))
        case .string(let array): .string(Self.select(array, places, length, blocks))
        }
    }

    private static func select<Scalar>(
        _ array: [Scalar], _ places: [Int], _ length: Int, _ blocks: Int
    ) -> [Scalar] {
        [Scalar](unsafeUninitializedCapacity: places.count * blocks) { result, written in
            array.withUnsafeBufferPointer { array in
                for (index, place) in places.enumerated() {
                    for block in 0..<blocks {
                        result.initializeElement(at: block * places.count + index, to: array[block * length + place])
                    }
                }
            }
            written = places.count * blocks
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
