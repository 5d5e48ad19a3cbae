import SlipwayModel

/// Whether a version can take calls that were made for the champion.
///
/// While a challenger is tried, the champion's signature says what callers may send: ranges, categories, and defaults of
/// the challenger play no part. What must agree is the form of the rows and of the answers.
struct ChallengerFit {
    /// The most problems that are named.
    private static let problemCountMax = 5

    /// Why the version cannot stand beside the champion; empty when it can.
    let problems: [String]

    /// Compares two signatures.
    init(of challenger: Signature, beside champion: Signature) {
        problems = Array(
            (Self.problems(of: challenger.inputs, champion.inputs)
                + Self.problems(of: challenger.outputs, champion.outputs)
                + Self.problems(of: challenger.task, champion.task)).prefix(Self.problemCountMax))
    }

    private static func problems(of inputs: [InputField], _ expected: [InputField]) -> [String] {
        let (names, known) = (inputs.map(\.name), expected.map(\.name))
        var problems = known.filter { !names.contains($0) }.map { "it does not read '\($0)'" }
        problems += names.filter { !known.contains($0) }.map { "it reads '\($0)', which callers do not send" }
        guard problems.isEmpty else { return problems }
        guard names == known else { return ["it reads the fields in another order"] }
        for (own, other) in zip(inputs, expected) {
            if own.type != other.type { problems.append("'\(own.name)' is \(own.type), not \(other.type)") }
            if own.slot != other.slot || own.elementType != other.elementType {
                problems.append("'\(own.name)' goes to another place of the graph")
            }
            let mayBeMissing = !other.isRequired && other.defaultValue == nil
            if mayBeMissing, own.isRequired || own.defaultValue != nil {
                problems.append("'\(own.name)' may not be missing")
            }
        }
        return problems
    }

    private static func problems(of outputs: [OutputField], _ expected: [OutputField]) -> [String] {
        let (names, known) = (outputs.map(\.name), expected.map(\.name))
        guard names == known else {
            return ["its outputs are \(names.joined(separator: ", ")), not \(known.joined(separator: ", "))"]
        }
        return zip(outputs, expected).compactMap { own, other in
            let isSame = own.elementType == other.elementType && own.width == other.width && own.labels == other.labels
            return isSame ? nil : "the output '\(own.name)' has another form"
        }
    }

    private static func problems(of task: Signature.Task, _ expected: Signature.Task) -> [String] {
        if task.kind != expected.kind { return ["it predicts by \(task.kind.rawValue), not \(expected.kind.rawValue)"] }
        if task.classes != expected.classes {
            return [
                "its classes are \(task.classes.joined(separator: ", ")), not "
                    + "\(expected.classes.joined(separator: ", "))"
            ]
        }
        return task.positiveClass == expected.positiveClass ? [] : ["another class counts as positive"]
    }
}
