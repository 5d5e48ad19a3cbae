import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The typed form of tensors in messages: one list for each family of datatypes.
struct TensorContents {
    let message: OIPInferTensorContents

    /// Wraps the lists that were sent.
    init(_ message: OIPInferTensorContents) { self.message = message }

    /// Reads a tensor's elements as cells.
    ///
    /// - Throws: `ServingError`: kind `malformed` when the elements are not exactly `count` in the list of the datatype,
    ///   `signatureMismatch` for one beyond the range of the service.
    func cells(_ type: ElementType, count: Int, input name: String) throws(ServingError) -> [Value] {
        guard let field = Self.field(of: type) else {
            throw ServingError(
                .malformed, "input '\(name)' is \(type.protocolName), which no list of its contents holds",
                hint: "Send it in raw_input_contents.", field: name)
        }
        for (other, length) in counts where other != field && length > 0 {
            throw ServingError(
                .malformed, "input '\(name)' is \(type.protocolName), but holds elements in \(other)",
                hint: "Elements of that datatype go into \(field).", field: name)
        }
        let held = counts.first { $0.field == field }?.count ?? 0
        guard held == count else {
            throw ServingError(
                .malformed, "input '\(name)' has \(held) elements in \(field), but its shape says \(count)",
                field: name)
        }
        return try cells(type, name)
    }

    private func cells(_ type: ElementType, _ name: String) throws(ServingError) -> [Value] {
        switch type {
        case .bool: return message.boolContents.map { .boolean($0) }
        case .int8: return try wholes(message.intContents, as: Int8.self, type, name)
        case .int16: return try wholes(message.intContents, as: Int16.self, type, name)
        case .int32: return try wholes(message.intContents, as: Int32.self, type, name)
        case .int64: return message.int64Contents.map { .integer($0) }
        case .uint8: return try wholes(message.uintContents, as: UInt8.self, type, name)
        case .uint16: return try wholes(message.uintContents, as: UInt16.self, type, name)
        case .uint32: return try wholes(message.uintContents, as: UInt32.self, type, name)
        case .uint64: return try largeWholes(name)
        case .float32: return message.fp32Contents.map { .number(Double($0)) }
        case .float64: return message.fp64Contents.map { .number($0) }
        case .string: return try texts(name)
        case .float16: return []
        }
    }

    /// The list that elements of a datatype go into; `nil` for one that travels as bytes alone.
    private static func field(of type: ElementType) -> String? {
        switch type {
        case .bool: "bool_contents"
        case .int8, .int16, .int32: "int_contents"
        case .int64: "int64_contents"
        case .uint8, .uint16, .uint32: "uint_contents"
        case .uint64: "uint64_contents"
        case .float32: "fp32_contents"
        case .float64: "fp64_contents"
        case .string: "bytes_contents"
        case .float16: nil
        }
    }

    private var counts: [(field: String, count: Int)] {
        [
            ("bool_contents", message.boolContents.count), ("int_contents", message.intContents.count),
            ("int64_contents", message.int64Contents.count), ("uint_contents", message.uintContents.count),
            ("uint64_contents", message.uint64Contents.count), ("fp32_contents", message.fp32Contents.count),
            ("fp64_contents", message.fp64Contents.count), ("bytes_contents", message.bytesContents.count),
        ]
    }

    private func wholes<Sent: BinaryInteger, Narrow: FixedWidthInteger>(
        _ values: [Sent], as narrow: Narrow.Type, _ type: ElementType, _ name: String
    ) throws(ServingError) -> [Value] {
        if let odd = values.first(where: { Narrow(exactly: $0) == nil }) {
            throw ServingError(
                .malformed, "input '\(name)' is \(type.protocolName), but holds \(odd)",
                hint: "\(type.protocolName) goes from \(Narrow.min) to \(Narrow.max).", field: name)
        }
        return values.map { .integer(Int64($0)) }
    }

    private func largeWholes(_ name: String) throws(ServingError) -> [Value] {
        if let odd = message.uint64Contents.first(where: { $0 > UInt64(Int64.max) }) {
            throw ServingError(
                .signatureMismatch, "input '\(name)' holds \(odd), which is above \(Int64.max)", field: name)
        }
        return message.uint64Contents.map { .integer(Int64($0)) }
    }

    private func texts(_ name: String) throws(ServingError) -> [Value] {
        var cells: [Value] = []
        cells.reserveCapacity(message.bytesContents.count)
        for bytes in message.bytesContents {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ServingError(.malformed, "input '\(name)' holds bytes that are no UTF-8 text", field: name)
            }
            cells.append(.string(text))
        }
        return cells
    }
}

extension TensorContents {
    /// Whether a datatype has a list; one that has none travels as bytes.
    static func hold(_ type: ElementType) -> Bool { field(of: type) != nil }

    /// Writes a tensor's elements into the list of the type that the graph declares for them.
    ///
    /// - Parameter type: The declared type, whose values the tensor may hold in a wider form.
    init(_ tensor: Tensor, as type: ElementType) {
        var message = OIPInferTensorContents()
        switch tensor.elements {
        case .float32(let array): message.fp32Contents = array
        case .float64(let array): message.fp64Contents = array
        case .int32(let array): message.intContents = array
        case .bool(let array): message.boolContents = array
        case .string(let array): message.bytesContents = array.map { Data($0.utf8) }
        case .int64(let array):
            switch type {
            case .int8, .int16, .int32: message.intContents = array.map { Int32(truncatingIfNeeded: $0) }
            case .uint8, .uint16, .uint32: message.uintContents = array.map { UInt32(truncatingIfNeeded: $0) }
            case .uint64: message.uint64Contents = array.map { UInt64(bitPattern: $0) }
            default: message.int64Contents = array
            }
        }
        self.message = message
    }
}
