public import SlipwayData

/// How a model takes rows that were made for another model's signature, and answers under the other's names.
///
/// Fields are told by their names: the model may read fewer of them, and in another order. Outputs are told by their
/// meaning for the task, and those without one by their names.
public struct SignatureTranslation: Sendable {
    /// The signature that callers know.
    public let signature: Signature
    /// The model's own signature.
    public let own: Signature
    /// For each of the model's own fields its place in the rows of the other.
    private let columns: [Int]
    /// The model's own name for each output of the other, in the other's order.
    private let outputNames: [String]

    /// Finds for each field that the model reads, and for each output of the other, its counterpart.
    ///
    /// - Throws: ``Missing`` when there is none.
    public init(of own: Signature, as other: Signature) throws(Missing) {
        let (fields, outputs) = Self.counterparts(of: own, for: other)
        let missing = Missing(
            fields: zip(own.inputs, fields).filter { $1 == nil }.map(\.0.name),
            outputs: zip(other.outputs, outputs).filter { $1 == nil }.map(\.0.name))
        guard missing.fields.isEmpty, missing.outputs.isEmpty else { throw missing }
        self.own = own
        signature = other
        columns = fields.compactMap(\.self)
        outputNames = outputs.compactMap { $0?.name }
    }

    /// What has no counterpart.
    public struct Missing: Error, Equatable {
        /// The fields that the model reads and the other does not.
        public var fields: [String]
        /// The outputs of the other that the model does not give.
        public var outputs: [String]
    }

    private static func counterparts(
        of own: Signature, for other: Signature
    ) -> (fields: [Int?], outputs: [OutputField?]) {
        let fields = own.inputs.map { field in other.inputs.firstIndex { $0.name == field.name } }
        let outputs = other.outputs.map { output in
            let name =
                switch output.name {
                case other.task.predictionOutput: own.task.predictionOutput
                case other.task.scoreOutput: own.task.scoreOutput
                default: output.name
                }
            return own.outputs.first { $0.name == name }
        }
        return (fields, outputs)
    }

    /// Whether the model is called as the other is, so that nothing has to be translated.
    public var isIdentity: Bool {
        columns == Array(signature.inputs.indices) && outputNames == own.outputs.map(\.name)
            && outputNames == signature.outputs.map(\.name)
            && zip(own.inputs, signature.inputs).allSatisfy {
                $0.slot == $1.slot && $0.elementType == $1.elementType
            }
    }

    /// The model's own output that stands for each of the other's, in the other's order.
    public var outputs: [(own: OutputField, other: OutputField)] {
        zip(outputNames, signature.outputs).compactMap { name, other in
            own.outputs.first { $0.name == name }.map { ($0, other) }
        }
    }

    /// Rows of the other's fields as rows of the model's own.
    public func rows(_ rows: [[Value]]) -> [[Value]] { rows.map { row in columns.map { row[$0] } } }

    /// The model's answers under the other's names, in the other's order.
    func answers(_ answers: [PredictorOutput]) -> [PredictorOutput] {
        zip(outputNames, signature.outputs).compactMap { name, output in
            answers.first { $0.name == name }.map {
                PredictorOutput(name: output.name, tensor: $0.tensor, labels: $0.labels)
            }
        }
    }
}
