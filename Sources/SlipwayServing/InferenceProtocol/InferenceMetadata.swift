package import SlipwayModel

/// What the Open Inference Protocol says of a served version, whatever carries it.
package struct InferenceMetadata: Equatable, Sendable {
    /// An input or output of the graph.
    package struct TensorMetadata: Equatable, Sendable {
        /// The name in the graph.
        package var name: String
        /// The type of the elements.
        package var datatype: ElementType
        /// The dimensions, outermost first; -1 stands for any size.
        package var shape: [Int64]

        init(_ value: GraphValue) {
            name = value.name
            datatype = value.type.elementType
            let dimensions: [Int?]
            switch value.type {
            case .tensor(_, let known): dimensions = known ?? [nil]
            case .sequenceOfMaps, .sequenceOfTensors: dimensions = [nil, nil]
            }
            shape = dimensions.map { Int64($0 ?? -1) }
        }
    }

    /// The name by which this server announces itself.
    package static let serverName = "slipway"
    /// The kind of models that are served, as the protocol writes it: the project, then the format.
    package static let platform = "slipway_onnx"

    /// The name of the model.
    package var name: String
    /// The versions that answer.
    package var versions: [String]
    /// The graph's inputs.
    package var inputs: [TensorMetadata]
    /// The graph's outputs.
    package var outputs: [TensorMetadata]

    /// Describes a served version.
    package init(_ served: ServedModel) {
        name = served.name
        versions = served.answering.map { String($0.number) }
        inputs = served.graphInputs.map(TensorMetadata.init)
        outputs = served.graphOutputs.map(TensorMetadata.init)
    }
}
