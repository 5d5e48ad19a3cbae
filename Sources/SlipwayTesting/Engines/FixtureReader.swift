import Foundation
package import SlipwayModel

/// Reads tensors out of a fixture's JSON.
package enum FixtureReader {
    /// A fixture that breaks its own format.
    package struct Broken: Error, CustomStringConvertible {
        package var description: String
    }

    package static func object(_ value: Any?, in fixture: String) throws -> [String: Any] {
        guard let object = value as? [String: Any] else { throw Broken(description: "\(fixture): no object") }
        return object
    }

    package static func tensor(_ value: Any, in fixture: String) throws -> Tensor {
        let object = try object(value, in: fixture)
        guard let type = object["type"] as? String, let shape = object["shape"] as? [Int],
            let data = object["data"] as? [Any], data.count == shape.reduce(1, *)
        else { throw Broken(description: "\(fixture): a tensor lacks type, shape, or fitting data") }
        let elements: Tensor.Elements
        switch type {
        case "float32": elements = .float32(try data.map { Float(try number($0, in: fixture)) })
        case "float64": elements = .float64(try data.map { try number($0, in: fixture) })
        case "int32": elements = .int32(try data.map { try scalar($0, Int32.self, in: fixture) })
        case "int64": elements = .int64(try data.map { try scalar($0, Int64.self, in: fixture) })
        case "bool": elements = .bool(try data.map { try scalar($0, Bool.self, in: fixture) })
        case "string": elements = .string(try data.map { try scalar($0, String.self, in: fixture) })
        default: throw Broken(description: "\(fixture): the element type \(type)")
        }
        return Tensor(shape: shape, elements: elements)
    }

    private static func scalar<Scalar>(_ value: Any, _ type: Scalar.Type, in fixture: String) throws -> Scalar {
        guard let scalar = value as? Scalar else { throw Broken(description: "\(fixture): \(value) is no \(type)") }
        return scalar
    }

    private static func number(_ value: Any, in fixture: String) throws -> Double {
        switch value as? String {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: try scalar(value, Double.self, in: fixture)
        }
    }
}
