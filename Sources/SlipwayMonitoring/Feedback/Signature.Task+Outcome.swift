package import SlipwayData
package import SlipwayModel

extension Signature.Task {
    /// The most classes that a refusal names.
    private static let classesNamedMax = 20

    /// Checks that an outcome is one that the model could have predicted.
    ///
    /// A class is named by its text (`1`, `"1"`, and `1.0` all read as `1`), and a truth value by the names that Python
    /// and numbers give it.
    ///
    /// - Parameters:
    ///   - name: The field that holds the outcome.
    ///   - place: The record or line that it is in.
    /// - Throws: ``LogError`` of kind `signatureMismatch` that names the classes.
    func check(_ outcome: Value, named name: String, in place: String) throws(LogError) {
        let shown = outcome.text.prefix(60)
        switch kind {
        case .other: return
        case .regression:
            switch outcome {
            case .integer, .number: return
            default:
                throw LogError(
                    .signatureMismatch, "'\(name)' of \(place) is '\(shown)', but the model predicts a number",
                    hint: "Send it as a number, without quotes.", field: name)
            }
        case .binary, .multiclass:
            guard !classes.isEmpty, classIndex(of: outcome) == nil else { return }
            let near = Spelling.nearest(to: outcome.text, among: classes)
            let named = classes.prefix(Self.classesNamedMax).joined(separator: ", ")
            throw LogError(
                .signatureMismatch,
                "'\(name)' of \(place) is '\(shown)', which is none of the model's classes \(named)",
                hint: near.map { "Did you mean '\($0)'?" } ?? "Send one of the classes, spelt as it is.", field: name)
        }
    }

    /// The class that an outcome names: by its text, or a truth value by the names that Python and numbers give it.
    package func classIndex(of value: Value) -> Int? {
        if let index = classes.firstIndex(of: value.text) { return index }
        guard case .boolean(let truth) = value else { return nil }
        return classes.firstIndex(of: truth ? "True" : "False") ?? classes.firstIndex(of: truth ? "1" : "0")
    }
}
