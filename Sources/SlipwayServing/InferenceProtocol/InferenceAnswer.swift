package import SlipwayModel

/// The answer to a request of the Open Inference Protocol V2, whatever carries it.
package struct InferenceAnswer: Sendable {
    /// One output with the type in which it is written.
    package struct Output: Sendable {
        /// The name in the graph.
        package var name: String
        /// The type that the graph declares, which the tensor may hold in a wider form.
        package var datatype: ElementType
        /// The elements.
        package var tensor: Tensor
    }

    /// The parameter of an answer that holds the ids of its rows.
    package static let predictionIDsParameter = "prediction_ids"
    /// The parameter of an answer that says that it came from the cache.
    package static let cachedParameter = "cached"

    /// The version that answered.
    package let served: ServedModel
    /// The caller's own id for the request, or that of the first row.
    package let id: String
    /// The ids by which the outcomes of the rows are fed back, separated by commas.
    package let predictionIDs: String
    /// Whether the answer came from the cache.
    package let isCached: Bool
    /// The outputs asked for, in the order asked; all where none was named.
    package let outputs: [Output]

    init(to request: InferenceRequest, _ answered: AnsweredCall) {
        let (served, batch) = (answered.served, answered.batch)
        self.served = served
        id = request.id ?? answered.ids[0]
        predictionIDs = answered.ids.joined(separator: ",")
        isCached = answered.isCached
        outputs = (request.outputs ?? batch.outputs.map(\.name)).compactMap { name in
            batch[output: name].map {
                Output(name: name, datatype: served.declaredType(of: $0), tensor: $0.tensor)
            }
        }
    }
}
