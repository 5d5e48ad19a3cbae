/// A dense, row-major array of one element type.
///
/// Storage has six forms: the two floats, the two common integers, truth, and text. Narrower and unsigned ONNX types
/// are widened to `int64` when read (`float16` to `float32`) and keep their declared type in the graph only.
public struct Tensor: Equatable, Sendable {
    /// The elements by type.
    public enum Elements: Equatable, Sendable {
        /// 32-bit floats.
        case float32([Float])
        /// 64-bit floats.
        case float64([Double])
        /// 32-bit integers.
        case int32([Int32])
        /// 64-bit integers.
        case int64([Int64])
        /// Truth values.
        case bool([Bool])
        /// Texts.
        case string([String])
    }

    /// The dimensions, outermost first; empty for a scalar.
    public var shape: [Int]
    /// The elements in row-major order.
    public var elements: Elements

    /// Makes a tensor.
    ///
    /// - Precondition: The product of `shape` equals the number of elements.
    public init(shape: [Int], elements: Elements) {
        self.shape = shape
        self.elements = elements
        precondition(shape.reduce(1, *) == count, "shape \(shape) does not hold \(count) elements")
    }

    /// The number of elements.
    public var count: Int {
        switch elements {
        case .float32(let array): array.count
        case .float64(let array): array.count
        case .int32(let array): array.count
        case .int64(let array): array.count
        case .bool(let array): array.count
        case .string(let array): array.count
        }
    }

    /// The type of the elements.
    public var elementType: ElementType {
        switch elements {
        case .float32: .float32
        case .float64: .float64
        case .int32: .int32
        case .int64: .int64
        case .bool: .bool
        case .string: .string
        }
    }

    /// The first dimension, which counts rows in every tensor that a model reads or writes; 1 for a scalar.
    public var rowCount: Int { shape.first ?? 1 }

    /// The elements of one row; 1 for a vector.
    public var width: Int { shape.dropFirst().reduce(1, *) }

    /// The elements as doubles; truth as 0 or 1; `nil` for text.
    ///
    /// - Complexity: O(count).
    public var asDoubles: [Double]? {
        switch elements {
        case .float32(let array): array.map(Double.init)
        case .float64(let array): array
        case .int32(let array): array.map(Double.init)
        case .int64(let array): array.map(Double.init)
        case .bool(let array): array.map { $0 ? 1 : 0 }
        case .string: nil
        }
    }
}
