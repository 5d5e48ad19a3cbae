public import SlipwayData

extension Explanation {
    /// What one field adds to a score.
    public struct Contribution: Equatable, Sendable {
        /// The name of the field.
        public let field: String
        /// The value that the row has there, after defaults.
        public let value: Value
        /// What it adds, in the unit of the score; below zero where it takes away.
        public let amount: Double
        /// The standard error of the amount, where it is estimated from a sample; `nil` where it is exact.
        public let error: Double?

        /// Makes a contribution.
        public init(field: String, value: Value, amount: Double, error: Double? = nil) {
            self.field = field
            self.value = value
            self.amount = amount
            self.error = error
        }
    }
}
