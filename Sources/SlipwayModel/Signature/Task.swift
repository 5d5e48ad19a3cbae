extension Signature {
    /// What a model predicts, and which outputs carry it.
    public struct Task: Codable, Equatable, Sendable {
        /// The kinds of prediction.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            /// One of two classes.
            case binary
            /// One of several classes.
            case multiclass
            /// A number.
            case regression
            /// Outputs that Slipway does not interpret: no metrics, everything else works.
            case other
        }

        /// The kind of prediction.
        public var kind: Kind
        /// The output with the predicted class, or with the number of a regression.
        public var predictionOutput: String?
        /// The output with a probability or score per class.
        public var scoreOutput: String?
        /// The classes as text, in the order of the score columns.
        public var classes: [String]
        /// The class whose probability binary metrics speak of: the second one, unless overridden.
        public var positiveClass: String?
        /// The column of the true outcome in training data and feedback.
        public var target: String?

        /// Makes a task.
        public init(
            kind: Kind, predictionOutput: String? = nil, scoreOutput: String? = nil, classes: [String] = [],
            positiveClass: String? = nil, target: String? = nil
        ) {
            self.kind = kind
            self.predictionOutput = predictionOutput
            self.scoreOutput = scoreOutput
            self.classes = classes
            self.positiveClass = positiveClass
            self.target = target
        }

        /// The place of ``positiveClass`` among ``classes``, and so of its score; `nil` when it is none of them.
        public var positiveIndex: Int? { positiveClass.flatMap { classes.firstIndex(of: $0) } }

        private enum CodingKeys: String, CodingKey {
            case kind
            case predictionOutput = "prediction_output"
            case scoreOutput = "score_output"
            case classes
            case positiveClass = "positive_class"
            case target
        }
    }
}
