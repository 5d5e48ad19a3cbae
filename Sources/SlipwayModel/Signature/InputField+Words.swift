import SlipwayData

extension InputField {
    /// What the field means, and its unit: `age at sign-up, in years`; empty where nothing is said.
    public var words: String {
        [meaning, unit.map { "in \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }

    /// The values that it may have: its categories, its range, or `any`.
    ///
    /// - Parameter countMax: How many categories are named.
    public func allowedWords(countMax: Int = 8) -> String {
        if let categories {
            let shown = categories.prefix(countMax).map(\.text).joined(separator: ", ")
            return categories.count > countMax ? "\(shown), and \(categories.count - countMax) more" : shown
        }
        switch (minimum, maximum) {
        case (let low?, let high?): return "\(Value.number(low).text) to \(Value.number(high).text)"
        case (let low?, nil): return "from \(Value.number(low).text)"
        case (nil, let high?): return "up to \(Value.number(high).text)"
        case (nil, nil): return "any"
        }
    }

    /// Whether a row must have it: `yes`, `no`, or `no, else 3`.
    public var neededWords: String { defaultValue.map { "no, else \($0.text)" } ?? (isRequired ? "yes" : "no") }
}
