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

    /// The elements that an odometer leads to, which the caller has checked.
    ///
    /// - Complexity: O(count).
    func selecting(_ way: Odometer, count: Int) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32(way.elements(of: array, count: count))
        case .float64(let array): .float64(way.elements(of: array, count: count))
        case .int32(let array): .int32(way.elements(of: array, count: count))
        case .int64(let array): .int64(way.elements(of: array, count: count))
        case .bool(let array): .bool(way.elements(of: array, count: count))
        case .string(let array): .string(way.elements(of: array, count: count))
        }
    }

    /// The runs at the same places of every block of `length` runs; the caller has checked the places.
    ///
    /// - Parameters:
    ///   - places: Places within a block, in the order wanted.
    ///   - blocks: The number of blocks.
    ///   - run: The number of elements at one place.
    /// - Complexity: O(blocks · places · run).
    func selecting(_ places: [Int], ofEach length: Int, blocks: Int, run: Int = 1) -> Tensor.Elements {
        let selection = Selection(places: places, length: length, blocks: blocks, run: run)
        return switch self {
        case .float32(let array): .float32(selection.elements(of: array))
        case .float64(let array): .float64(selection.elements(of: array))
        case .int32(let array): .int32(selection.elements(of: array))
        case .int64(let array): .int64(selection.elements(of: array))
        case .bool(let array): .bool(selection.elements(of: array))
        case .string(let array): .string(selection.elements(of: array))
        }
    }

    /// Which runs of blocks are taken.
    private struct Selection {
        let places: [Int]
        let length: Int
        let blocks: Int
        let run: Int

        func elements<Scalar>(of array: [Scalar]) -> [Scalar] {
            let count = places.count * blocks * run
            return [Scalar](unwritten: count) { result, written in
                array.withUnsafeBufferPointer { array in
                    places.withUnsafeBufferPointer { places in
                        guard let source = array.baseAddress, let target = result.baseAddress else { return }
                        if run == 1 {
                            copyOnes(source, places, to: target)
                        } else {
                            copyRuns(source, places, to: target)
                        }
                    }
                }
                written = count
            }
        }

        @inline(__always)
        private func copyOnes<Scalar>(
            _ source: UnsafePointer<Scalar>, _ places: UnsafeBufferPointer<Int>, to target: UnsafeMutablePointer<Scalar>
        ) {
            if blocks == 1 {
                for index in 0..<places.count { (target + index).initialize(to: source[places[index]]) }
                return
            }
            for index in 0..<places.count {
                let from = source + places[index]
                for block in 0..<blocks {
                    (target + block &* places.count + index).initialize(to: from[block &* length])
                }
            }
        }

        @inline(__always)
        private func copyRuns<Scalar>(
            _ source: UnsafePointer<Scalar>, _ places: UnsafeBufferPointer<Int>, to target: UnsafeMutablePointer<Scalar>
        ) {
            var target = target
            for block in 0..<blocks {
                for index in 0..<places.count {
                    target.initialize(from: source + (block &* length + places[index]) &* run, count: run)
                    target += run
                }
            }
        }
    }

    /// The first element over and over; the caller has checked that there is one.
    ///
    /// - Complexity: O(count).
    func repeatingFirst(count: Int) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32([Float](array[0], times: count))
        case .float64(let array): .float64([Double](array[0], times: count))
        case .int32(let array): .int32([Int32](array[0], times: count))
        case .int64(let array): .int64([Int64](array[0], times: count))
        case .bool(let array): .bool([Bool](array[0], times: count))
        case .string(let array): .string([String](array[0], times: count))
        }
    }
}
