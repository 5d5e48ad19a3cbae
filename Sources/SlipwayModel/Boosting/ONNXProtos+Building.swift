import Foundation
import SwiftProtobuf

extension ONNXAttributeProto {
    /// A whole number.
    static func integer(_ name: String, _ value: Int64) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .int
            $0.i = value
        }
    }

    /// A list of whole numbers.
    static func integers(_ name: String, _ values: [Int64]) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .ints
            $0.ints = values
        }
    }

    /// A list of texts.
    static func texts(_ name: String, _ values: [String]) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .strings
            $0.strings = values.map { Data($0.utf8) }
        }
    }

    /// A tensor.
    static func tensor(_ name: String, _ tensor: ONNXTensorProto) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .tensor
            $0.t = tensor
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

extension ONNXTensorProto {
    /// Encodes a tensor; numbers are written raw, in little-endian order.
    init(_ tensor: Tensor, name: String) {
        self.init()
        self.name = name
        dims = tensor.shape.map(Int64.init)
        dataType = Int32(tensor.elementType.rawValue)
        switch tensor.elements {
        case .float32(let array): rawData = Self.raw(array.map(\.bitPattern.littleEndian))
        case .float64(let array): rawData = Self.raw(array.map(\.bitPattern.littleEndian))
        case .int32(let array): rawData = Self.raw(array.map(\.littleEndian))
        case .int64(let array): rawData = Self.raw(array.map(\.littleEndian))
        case .bool(let array): rawData = Data(array.map { $0 ? 1 : 0 })
        case .string(let array): stringData = array.map { Data($0.utf8) }
        }
    }

    private static func raw<Word: FixedWidthInteger>(_ words: [Word]) -> Data {
        words.withUnsafeBytes { Data($0) }
    }
}

extension ONNXValueInfoProto {
    /// A tensor whose first dimension counts rows; `nil` for the width of a vector.
    static func rows(_ name: String, _ type: ElementType, width: Int?) -> ONNXValueInfoProto {
        .with {
            $0.name = name
            $0.type.tensorType.elemType = Int32(type.rawValue)
            $0.type.tensorType.shape.dim = [.with { $0.dimParam = "rows" }]
            if let width { $0.type.tensorType.shape.dim.append(.with { $0.dimValue = Int64(width) }) }
        }
    }
}
