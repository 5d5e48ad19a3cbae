import Foundation
import SlipwayModel

/// `Cast` between all stored types, texts included.
///
/// Numbers are written as ONNX Runtime writes them: eight significant digits in either precision, `NaN`, `INF` and
/// `-INF`. A float outside the range of a whole-number type becomes its smallest value, as x86 converts.
final class CastKernel: UnaryKernel {
    let target: ElementType

    init(target: ElementType) { self.target = target }

    init(_ context: NodeContext) throws(KernelProblem) {
        guard let number = try context.integer("to"), let type = ElementType(rawValue: number) else {
            throw KernelProblem(.unsupported, "attribute 'to' names no element type that is covered")
        }
        target = type
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        if input.elementType == target { return input }
        return Tensor(shape: input.shape, elements: try convert(input.elements))
    }

    private func convert(_ elements: Tensor.Elements) throws(KernelProblem) -> Tensor.Elements {
        switch elements {
        case .float32(let array): return convert(array) { Self.text($0) }
        case .float64(let array): return convert(array) { Self.text($0) }
        case .int32(let array): return convert(array) { String($0) }
        case .int64(let array): return convert(array) { String($0) }
        case .bool(let array):
            return convert(array.transformed { $0 ? 1 as Int64 : 0 }) { String($0) }
        case .string(let array): return try parse(array)
        }
    }

    private func convert<Scalar: NumericScalar>(_ array: [Scalar], text: (Scalar) -> String) -> Tensor.Elements {
        switch target {
        case .float32, .float16: return .float32(array.transformed { Float($0.asDouble) })
        case .float64: return .float64(array.transformed(\.asDouble))
        case .int32: return .int32(whole(array).transformed { Int32(truncatingIfNeeded: $0) })
        case .int64: return .int64(whole(array))
        case .bool: return .bool(array.transformed { $0.asDouble != 0 })
        case .string: return .string(array.map(text))
        case .uint8: return .int64(whole(array).map { Int64(UInt8(truncatingIfNeeded: $0)) })
        case .int8: return .int64(whole(array).map { Int64(Int8(truncatingIfNeeded: $0)) })
        case .uint16: return .int64(whole(array).map { Int64(UInt16(truncatingIfNeeded: $0)) })
        case .int16: return .int64(whole(array).map { Int64(Int16(truncatingIfNeeded: $0)) })
        case .uint32: return .int64(whole(array).map { Int64(UInt32(truncatingIfNeeded: $0)) })
        case .uint64: return .int64(whole(array))
        }
    }

    private func whole<Scalar: NumericScalar>(_ array: [Scalar]) -> [Int64] {
        if let exact = Int64.array(of: Scalar.elements(array)) { return exact }
        if target == .int32, !Scalar.isWhole { return array.transformed { Int64(Int32(rounding: $0.asDouble)) } }
        return array.transformed { Int64(rounding: $0.asDouble) }
    }

    private func parse(_ array: [String]) throws(KernelProblem) -> Tensor.Elements {
        switch target {
        case .float32, .float16:
            return .float32(try array.map { text throws(KernelProblem) in Float(try Self.number(text)) })
        case .float64: return .float64(try array.map(Self.number))
        case .int32:
            return .int32(
                try array.map { text throws(KernelProblem) in Int32(truncatingIfNeeded: try Self.whole(text)) })
        case .int64: return .int64(try array.map(Self.whole))
        case .bool: return .bool(try array.map { text throws(KernelProblem) in try Self.number(text) != 0 })
        default: throw KernelProblem(.failed, "text cannot be cast to \(target)")
        }
    }

    private static func number(_ text: String) throws(KernelProblem) -> Double {
        guard let number = DecimalText.number(text) ?? Double(text) ?? Double(text.trimmingCharacters(in: .whitespaces))
        else {
            throw KernelProblem(.failed, "'\(text.prefix(60))' is not a number")
        }
        return number
    }

    private static func whole(_ text: String) throws(KernelProblem) -> Int64 {
        guard let number = Int64(text) ?? Int64(text.trimmingCharacters(in: .whitespaces)) else {
            throw KernelProblem(.failed, "'\(text.prefix(60))' is not a whole number")
        }
        return number
    }

    private static func text<Scalar: FloatScalar>(_ value: Scalar) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-INF" : "INF" }
        return DecimalText.eightDigits(of: Double(value))
    }
}
