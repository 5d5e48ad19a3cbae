import SlipwayData

extension Form where Value == String {
    /// A text that is neither blank nor holds a NUL, which would end it early in a path or command.
    static func text(example: String) -> Form {
        Form("a text", example: example) { $0.allSatisfy(\.isWhitespace) || $0.contains("\0") ? nil : $0 }
    }

    /// The name of a project, source, feature view, or model.
    static func name(example: String) -> Form {
        Form(example: example) { node, reader in
            guard let text = node.text, ResourceName.isValid(text) else {
                reader.report("\(node.kindName) is not a name; \(ResourceName.rule)", at: node)
                return nil
            }
            return text
        }
    }

    /// The name of a thing that is defined elsewhere in the file.
    static func reference(to noun: String, among names: [String]) -> Form {
        Form(example: names.first ?? "NAME") { node, reader in
            if let text = node.text, names.contains(text) { return text }
            let ending =
                names.isEmpty
                ? "; the file defines none" : Suggestion.ending(for: node.text ?? "", among: names)
            reader.report("\(node.kindName) is not a \(noun) of this file\(ending)", at: node)
            return nil
        }
    }
}

extension Form where Value == Bool {
    /// `true` or `false`.
    static var truth: Form {
        Form(example: "true") { node, reader in
            if case .boolean(let truth) = node.scalarValue { return truth }
            reader.report("\(node.kindName) is neither true nor false; write one of these two", at: node)
            return nil
        }
    }
}

extension Form where Value == Double {
    /// A finite number in a range.
    static func number(in range: ClosedRange<Double>? = nil, example: String) -> Form {
        Form(example: example) { node, reader in
            let number: Double? =
                switch node.scalarValue {
                case .integer(let whole): Double(whole)
                case .number(let number): number
                default: nil
                }
            guard let number else {
                reader.report("\(node.kindName) is not a number; write one such as \(example)", at: node)
                return nil
            }
            if let range, !range.contains(number) {
                let bounds = [range.lowerBound, range.upperBound].map { SlipwayData.Value.number($0).text }
                reader.report(
                    "\(node.kindName) is not between \(bounds[0]) and \(bounds[1]); write one such as \(example)",
                    at: node)
                return nil
            }
            return number
        }
    }
}

extension Form where Value == Int {
    /// A whole number in a range.
    static func count(in range: ClosedRange<Int>, example: String) -> Form {
        Form(example: example) { node, reader in
            if case .integer(let whole) = node.scalarValue, let count = Int(exactly: whole), range.contains(count) {
                return count
            }
            reader.report(
                "\(node.kindName) is not a whole number from \(range.lowerBound) to \(range.upperBound); "
                    + "write one such as \(example)", at: node)
            return nil
        }
    }
}

extension Form where Value == Int {
    /// A number of bytes.
    static func byteSize(in range: ClosedRange<Int> = 1...ByteSizeText.byteCountMax, example: String) -> Form {
        Form(example: example) { node, reader in
            guard let byteCount = node.text.flatMap(ByteSizeText.parse) else {
                reader.report("\(node.kindName) is not a size; \(ByteSizeText.rule)", at: node)
                return nil
            }
            guard range.contains(byteCount) else {
                reader.report(
                    "\(node.kindName) is not from \(range.lowerBound) to \(range.upperBound) bytes; write one such as "
                        + example, at: node)
                return nil
            }
            return byteCount
        }
    }
}

extension Form where Value == Duration {
    /// A span of time above zero.
    static func duration(example: String = "30s") -> Form {
        Form(example: example) { node, reader in
            if let duration = node.text.flatMap(DurationText.parse) { return duration }
            reader.report("\(node.kindName) is not a duration; \(DurationText.ruleWithLimit)", at: node)
            return nil
        }
    }
}

extension Form where Value == CronSchedule {
    /// A schedule of five fields.
    static var cron: Form {
        Form(example: #""*/15 * * * *""#) { node, reader in
            guard let text = node.text else {
                reader.report("\(node.kindName) is not a schedule; \(CronSchedule.rule)", at: node)
                return nil
            }
            switch CronSchedule.parse(text) {
            case .success(let schedule): return schedule
            case .failure(let fault):
                reader.report("\(Quotation.quoted(text)) is not a schedule: \(fault.reason)", at: node)
                return nil
            }
        }
    }
}

extension Form where Value == TextReference {
    /// A text that may take parts from environment variables.
    static func reference(example: String) -> Form {
        Form(example: example) { node, reader in
            guard let text = node.text, !text.isEmpty, !text.contains("\0") else {
                reader.report("\(node.kindName) is not a text; write one such as \(example)", at: node)
                return nil
            }
            guard let reference = TextReference(text, location: node.location, path: node.path) else {
                reader.report("\(Quotation.quoted(text)) holds a '${' that names no variable; write ${NAME}", at: node)
                return nil
            }
            return reference
        }
    }
}

extension Form where Value == SlipwayData.Value {
    /// One cell of a table: a truth value, a number, or a text.
    static func cell(example: String) -> Form {
        Form(example: example) { node, reader in
            if let value = node.scalarValue { return value }
            reader.report("\(node.kindName) is not a single value; write one such as \(example)", at: node)
            return nil
        }
    }
}
