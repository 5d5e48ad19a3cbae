/// The typed, named inputs and outputs of a model: what a caller may send and what comes back.
public struct Signature: Codable, Equatable, Sendable {
    /// The fields of a row, in the order of the model's slots.
    public var inputs: [InputField]
    /// The outputs in the order of the graph.
    public var outputs: [OutputField]
    /// What the model predicts and where to find it among the outputs.
    public var task: Task

    /// Makes a signature.
    public init(inputs: [InputField], outputs: [OutputField], task: Task) {
        self.inputs = inputs
        self.outputs = outputs
        self.task = task
    }

    /// The field of a name, or `nil`.
    public func input(named name: String) -> InputField? { inputs.first { $0.name == name } }
}
