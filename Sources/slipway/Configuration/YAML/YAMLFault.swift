import SlipwayData
import Yams

/// Turns what stopped the YAML parser into an error that a person can act on.
struct YAMLFault {
    /// The text that was parsed.
    let text: String
    /// The file it came from.
    let file: String

    /// An error of one problem at a place.
    func refusal(line: Int, column: Int?, _ message: String) -> ConfigurationError {
        let location = SourceLocation(file: file, line: max(line, 1), column: column)
        return ConfigurationError(
            problems: [ConfigurationProblem(location: location, path: .root, message: message)], in: file)
    }

    /// An error for a key that a mapping holds twice.
    func repeatedKey(_ name: String, at position: YAMLComposition.Position) -> ConfigurationError {
        refusal(
            line: position.line, column: position.column,
            "\(Quotation.quoted(name)) is set more than once in one mapping; keep one of them")
    }

    /// An error for anything that Yams throws.
    func syntaxError(_ error: any Error) -> ConfigurationError {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            if problem.contains("nesting level") {
                return refusal(line: mark.line, column: mark.column, YAMLTreeBuilder.depthMessage)
            }
            let start = context?.mark.line ?? mark.line
            let message = "this is not valid YAML: \(phrase(problem, context: context))"
            let advice = advice(problem: problem, context: context?.text ?? "", line: mark.line, startLine: start)
            return refusal(
                line: mark.line, column: mark.column, advice.map { "\(message); \($0)" } ?? message)
        case .composer(_, let problem, let mark, _):
            let message =
                problem.contains("another document")
                ? "a second document starts here; a project has one, so delete '---'"
                : "this is not valid YAML: \(problem)"
            return refusal(line: mark.line, column: mark.column, message)
        case .reader(_, let offset, let value, _):
            let name = String(UInt32(bitPattern: value), radix: 16, uppercase: true)
            let line = offset.map { YAMLText.line(ofCharacter: $0, in: text) } ?? lineOfControlCharacter()
            return refusal(
                line: line, column: nil, "the control character U+\(name) is not allowed; delete it")
        case .memory:
            return refusal(line: 1, column: nil, YAMLTreeBuilder.depthMessage)
        default:
            return refusal(line: 1, column: nil, "this is not valid YAML")
        }
    }

    private func phrase(_ problem: String, context: YamlError.Context?) -> String {
        guard let context, !context.text.isEmpty else { return problem }
        return "\(problem) \(context.text) that starts on line \(context.mark.line)"
    }

    /// What to do about the mistakes that people make most.
    private func advice(problem: String, context: String, line: Int, startLine: Int) -> String? {
        let indentations = [line, line - 1].filter { $0 > 0 }.map { number in
            YAMLText.line(number, in: text).prefix { $0 == " " || $0 == "\t" }
        }
        if indentations.contains(where: { $0.contains("\t") }) { return "indent with spaces; YAML takes no tabs" }
        if context.contains("alias") { return "put a value that starts with '*' in quotes" }
        if context.contains("anchor") { return "put a value that starts with '&' in quotes" }
        if problem.contains("mapping values are not allowed") {
            return "put a value that contains ': ' in quotes, and check the indentation"
        }
        if context.contains("quoted scalar") { return "close the quote that opens on line \(startLine)" }
        if problem.contains("cannot start any token") { return "put the value in quotes" }
        if problem.contains("',' or") { return "close the bracket that opens on line \(startLine)" }
        if problem.contains("expected ':'") { return "write a key, ': ', and its value" }
        return "check the indentation and the quotes here and in the line above"
    }

    private func lineOfControlCharacter() -> Int {
        let isControl = { (scalar: Unicode.Scalar) in scalar.value < 0x20 && !["\t", "\n", "\r"].contains(scalar) }
        guard let index = text.unicodeScalars.firstIndex(where: isControl) else { return 1 }
        return 1 + text.unicodeScalars[..<index].count { $0 == "\n" }
    }
}
