import SlipwayData

/// The rule for names of models.
public enum ModelName {
    /// Refuses a name that could not stand in a route, a file name, and a metric label.
    ///
    /// - Throws: ``RegistryError`` of kind `invalidName`.
    public static func validate(_ name: String) throws(RegistryError) {
        guard ResourceName.isValid(name) else {
            throw RegistryError(
                .invalidName, "'\(name.prefix(80))' cannot name a model",
                hint: "A name must \(ResourceName.rule).")
        }
    }
}
