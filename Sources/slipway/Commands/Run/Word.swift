import ArgumentParser

/// One of a few words that an option takes.
enum Word {
    /// Reads a word.
    ///
    /// - Throws: `ValidationError` that lists the words.
    static func read<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String, as type: Value.Type
    ) throws -> Value {
        if let value = Value(rawValue: text) { return value }
        throw ValidationError(
            "'\(text)' is none of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
}
