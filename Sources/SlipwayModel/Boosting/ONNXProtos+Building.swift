import Foundation
import SwiftProtobuf

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
