/// The rule for names of models.
public enum ModelName {
    /// The longest name, in characters.
    public static let lengthMax = 63

    /// Refuses a name that could not stand in a route, a file name, and a metric label.
    ///
    /// - Throws: ``RegistryError`` of kind `invalidName`.
    public static func validate(_ name: String) throws(RegistryError) {
        let bytes = name.utf8
        let isWell =
            bytes.first.map { (97...122).contains($0) } == true && bytes.count <= lengthMax
            && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45 }
        guard isWell else {
            throw RegistryError(
                .invalidName, "'\(name.prefix(80))' cannot name a model",
                hint: "Use a lower-case letter, then letters, digits, '-' or '_', \(lengthMax) characters at most.")
        }
    }
}
