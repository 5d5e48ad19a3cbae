import Foundation
import SwiftProtobuf

extension ONNXAttributeProto {
    /// A whole number.
    static func integer(_ name: String, _ value: Int64) -> ONNXAttributeProto { make(name, .int, \.i, value) }

    /// A list of whole numbers.
    static func integers(_ name: String, _ values: [Int64]) -> ONNXAttributeProto { make(name, .ints, \.ints, values) }

    /// A number in single precision.
    static func float(_ name: String, _ value: Float) -> ONNXAttributeProto { make(name, .float, \.f, value) }

    /// A list of numbers in single precision.
    static func floats(_ name: String, _ values: [Float]) -> ONNXAttributeProto {
        make(name, .floats, \.floats, values)
    }

    /// A text.
    static func text(_ name: String, _ value: String) -> ONNXAttributeProto {
        make(name, .string, \.s, Data(value.utf8))
    }

    /// A list of texts.
    static func texts(_ name: String, _ values: [String]) -> ONNXAttributeProto {
        make(name, .strings, \.strings, values.map { Data($0.utf8) })
    }

    /// A tensor.
    static func tensor(_ name: String, _ tensor: ONNXTensorProto) -> ONNXAttributeProto {
        make(name, .tensor, \.t, tensor)
    }

    /// An attribute of a type, whose value one field holds.
    private static func make<Value>(
        _ name: String, _ type: AttributeType, _ field: WritableKeyPath<ONNXAttributeProto, Value>, _ value: Value
    ) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = type
            $0[keyPath: field] = value
        }
    }

    /// A vector of numbers as a tensor.
    static func numbers(
        _ name: String, _ values: [Double], in precision: BoostedTrees.Precision
    ) -> ONNXAttributeProto {
        let elements: Tensor.Elements =
            switch precision {
            case .float32: .float32(values.map { Float($0) })
            case .float64: .float64(values)
            }
        return .tensor(name, ONNXTensorProto(Tensor(shape: [values.count], elements: elements), name: name))
    }

    /// A vector of bytes as a tensor of `uint8`.
    static func bytes(_ name: String, _ values: [UInt8]) -> ONNXAttributeProto {
        .tensor(
            name,
            .with {
                $0.name = name
                $0.dims = [Int64(values.count)]
                $0.dataType = Int32(ElementType.uint8.rawValue)
                $0.rawData = Data(values)
            })
    }
}
