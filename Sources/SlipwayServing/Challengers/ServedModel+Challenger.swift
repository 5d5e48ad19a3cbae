extension ServedModel {
    /// The version and the canary beside it, whichever of the two a caller names.
    package var answering: [ServedModel] {
        [self] + [challenger].compactMap { $0.flatMap { $0.trial == nil ? nil : $0.model } }
    }

    /// What tells the loaded versions of a deployment apart.
    var generations: [UInt64] { [generation] + [challenger?.model.generation].compactMap(\.self) }

    /// The version of a number, which alone answers.
    ///
    /// - Throws: ``ServingError`` of kind `unknownModel` for a version that answers nobody here.
    func pinned(to number: Int) throws(ServingError) -> ServedModel {
        guard var model = answering.first(where: { $0.number == number }) else {
            if challenger?.model.number == number {
                throw ServingError(
                    .unknownModel, "\(name)@\(number) is in shadow and answers nobody; \(reference) answers",
                    hint: "Leave the version out, or deploy it as a canary.")
            }
            throw ServingError(
                .unknownModel, "\(name)@\(number) is not served; \(reference) is",
                hint: "Leave the version out, or promote that one.")
        }
        model.isPinned = true
        return model
    }
}
