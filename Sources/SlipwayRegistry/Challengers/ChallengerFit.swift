import SlipwayModel

/// Whether a version can take calls that were made for the champion.
///
/// While a challenger is tried, the champion's signature says what callers may send: ranges, categories, and defaults of
/// the challenger play no part. It may read fewer fields and in another order, and give its outputs other names, as
/// ``SignatureTranslation`` matches them. What must agree is what the fields and the answers mean.
struct ChallengerFit {
    /// The most problems that are named.
    private static let problemCountMax = 5

    /// Why the version cannot stand beside the champion; empty when it can.
    let problems: [String]

    /// Compares two signatures.
    init(of challenger: Signature, beside champion: Signature) {
        let found: [String]
        do {
            let translation = try SignatureTranslation(of: challenger, as: champion)
            found =
                Self.problems(of: challenger.inputs, champion) + Self.problems(of: translation)
                + Self.problems(of: challenger.task, champion.task)
        } catch {
            found =
                error.fields.map { "it reads '\($0)', which callers do not send" }
                + error.outputs.map { "it gives nothing for the output '\($0)'" }
        }
        problems = Array(found.prefix(Self.problemCountMax))
    }

    private static func problems(of inputs: [InputField], _ champion: Signature) -> [String] {
        var problems: [String] = []
        for own in inputs {
            guard let other = champion.input(named: own.name) else { continue }
            if own.type != other.type { problems.append("'\(own.name)' is \(own.type), not \(other.type)") }
            let mayBeMissing = !other.isRequired && other.defaultValue == nil
            if mayBeMissing, own.isRequired || own.defaultValue != nil {
                problems.append("'\(own.name)' may not be missing")
            }
        }
        return problems
    }

    private static func problems(of translation: SignatureTranslation) -> [String] {
        translation.outputs.compactMap { own, other in
            let isSame =
                own.elementType == other.elementType && (own.width ?? other.width) == (other.width ?? own.width)
            return isSame ? nil : "the output '\(other.name)' has another form"
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
