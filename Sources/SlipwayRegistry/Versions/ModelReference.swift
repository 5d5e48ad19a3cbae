/// A version of a model as a person writes it: `churn`, `churn@3`, `churn@latest`, `churn@champion`.
public struct ModelReference: Equatable, Sendable, CustomStringConvertible {
    /// Which version is meant.
    public enum Selector: Equatable, Sendable {
        /// The one that an environment answers with.
        case champion
        /// The one that an environment tries beside the champion.
        case challenger
        /// The one registered last.
        case latest
        /// The one of a number.
        case number(Int)
    }

    /// The name of the model.
    public var model: String
    /// Which version is meant.
    public var selector: Selector

    /// Makes a reference.
    public init(model: String, selector: Selector = .champion) {
        self.model = model
        self.selector = selector
    }

    /// Reads a reference.
    ///
    /// - Throws: ``RegistryError`` of kind `invalidName`.
    public init(parsing text: String) throws(RegistryError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        model = String(parts[0])
        try ModelName.validate(model)
        switch parts.count == 2 ? String(parts[1]) : "champion" {
        case "champion": selector = .champion
        case "challenger": selector = .challenger
        case "latest": selector = .latest
        case let text:
            guard let number = Int(text), number > 0 else {
                throw RegistryError(
                    .invalidName, "'\(text.prefix(40))' is no version of \(model)",
                    hint: "Write \(model)@3, \(model)@latest, or \(model) for the champion.")
            }
            selector = .number(number)
        }
    }

    /// The reference as it is written.
    public var description: String {
        switch selector {
        case .champion: model
        case .challenger: "\(model)@challenger"
        case .latest: "\(model)@latest"
        case .number(let number): "\(model)@\(number)"
        }
    }
}
