import SwiftProtobuf

extension ONNXAttributeProto {
    /// A number in single precision.
    static func float(_ name: String, _ value: Float) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .float
            $0.f = value
        }
    }

    /// A list of numbers in single precision.
    static func floats(_ name: String, _ values: [Float]) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .floats
            $0.floats = values
        }
    }
}
