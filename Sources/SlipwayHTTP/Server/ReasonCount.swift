import SlipwayServing

/// How many reasons a request asks for, from the parameter `explain` of its query.
struct ReasonCount: Equatable {
    /// The name of the parameter.
    static let parameter = "explain"

    let count: Int

    /// Reads the parameter; `nil` when it is not there.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for anything but one whole number in range.
    init?(in parameters: [QueryParameter]) throws(ServingError) {
        let given = parameters.filter { $0.name == Self.parameter }
        guard let text = given.first?.value else { return nil }
        guard given.count == 1, let count = Int(text), (1...PredictionService.reasonCountMax).contains(count) else {
            throw ServingError(
                .malformed, "'\(Self.parameter)' is not one whole number from 1 to \(PredictionService.reasonCountMax)",
                hint: "Write ?\(Self.parameter)=3.", field: Self.parameter)
        }
        self.count = count
    }
}
