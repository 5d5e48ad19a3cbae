/// One named result of a prediction.
public struct PredictorOutput: Equatable, Sendable {
    /// The name of the graph output.
    public var name: String
    /// The values; the first dimension counts rows.
    public var tensor: Tensor
    /// The class of each column where the graph names them (`ZipMap`), else `nil`.
    public var labels: [String]?

    /// Makes a result.
    public init(name: String, tensor: Tensor, labels: [String]? = nil) {
        self.name = name
        self.tensor = tensor
        self.labels = labels
    }
}
