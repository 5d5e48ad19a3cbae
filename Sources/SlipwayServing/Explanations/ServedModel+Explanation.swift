package import SlipwayModel

extension ServedModel {
    /// How the version's predictions are explained; the first call makes the explainer, and blocks its thread.
    ///
    /// - Throws: ``ServingError`` of kind `notExplainable` for a model that has nothing to compare with.
    package func explanationMethod() throws(ServingError) -> Explanation.Method {
        try explainer.method()
    }
}
