import SlipwayModel

/// A kernel whose results are brought back into the narrow types that its operator gives them.
///
/// Kernels compute in the six forms of tensors; rounding after each operator is what the standard asks for.
final class NarrowingKernel: Kernel {
    let base: any Kernel
    /// The type of each output; `nil` for one that stays as it is.
    let types: [ElementType?]

    init(base: any Kernel, types: [ElementType?]) { (self.base, self.types) = (base, types) }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        var tensors = try base.run(inputs)
        for (index, type) in types.enumerated() where index < tensors.count {
            if let type { tensors[index].elements = try tensors[index].elements.narrowed(to: type) }
        }
        return tensors
    }
}

extension Tensor.Elements {
    /// The elements as a narrow type holds them: half precision is rounded, whole numbers wrap around.
    ///
    /// - Throws: ``KernelProblem`` for a `uint64` that tensors cannot keep.
    /// - Complexity: O(count).
    func narrowed(to type: ElementType) throws(KernelProblem) -> Tensor.Elements {
        switch (self, type) {
        case (.float32(let array), .float16): return .float32(array.map { Float(halfBits: $0.halfBits) })
        case (.int64(let array), .uint8): return .int64(array.map { Int64(UInt8(truncatingIfNeeded: $0)) })
        case (.int64(let array), .int8): return .int64(array.map { Int64(Int8(truncatingIfNeeded: $0)) })
        case (.int64(let array), .uint16): return .int64(array.map { Int64(UInt16(truncatingIfNeeded: $0)) })
        case (.int64(let array), .int16): return .int64(array.map { Int64(Int16(truncatingIfNeeded: $0)) })
        case (.int64(let array), .uint32): return .int64(array.map { Int64(UInt32(truncatingIfNeeded: $0)) })
        case (.int64(let array), .uint64):
            guard array.allSatisfy({ $0 >= 0 }) else {
                throw KernelProblem(.failed, "a result of type uint64 is not between 0 and \(Int64.max)")
            }
            return self
        default: return self
        }
    }
}
