/// The lines `key=value` of a LightGBM file that belong together: the header, or one tree.
struct LightGBMBlock {
    /// The value of a key, and where it stands.
    struct Field {
        let text: Substring
        let line: Int
    }

    /// What the block is, for messages: `the header`, `tree 3`.
    let name: String
    /// The line on which it begins, counted from 1.
    let line: Int
    private var fields: [Substring: Field] = [:]

    init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    /// Adds a line; one without `=` is a key without a value.
    mutating func add(_ text: Substring, line: Int) throws(ModelError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let field = Field(text: parts.count == 2 ? parts[1] : "", line: line)
        guard fields.updateValue(field, forKey: parts[0]) == nil else {
            throw .malformedLightGBM("'\(parts[0].prefix(40))' of \(name) is given twice", line: line)
        }
    }

    /// The value of a key, or `nil` where it is not given.
    func field(_ key: Substring) -> Field? { fields[key] }

    /// A whole number within a range.
    func integer(
        _ key: Substring, in range: ClosedRange<Int>, default standard: Int? = nil
    ) throws(ModelError) -> Int {
        if fields[key] == nil, let standard { return standard }
        let field = try required(key)
        return try Self.integer(field.text, of: "'\(key)' of \(name)", in: range, line: field.line)
    }

    /// So many whole numbers within a range, separated by spaces.
    func integers(
        _ key: Substring, count: Int, in range: ClosedRange<Int>
    ) throws(ModelError) -> [Int] {
        let field = try required(key)
        let owner = "'\(key)' of \(name)"
        let words = try words(of: field, key: key, count: count)
        var values: [Int] = []
        values.reserveCapacity(words.count)
        for word in words {
            values.append(try Self.integer(word, of: owner, in: range, line: field.line))
        }
        return values
    }

    /// So many numbers, separated by spaces; infinity is written `inf`.
    func numbers(_ key: Substring, count: Int, allowsInfinity: Bool = false) throws(ModelError) -> [Double] {
        let field = try required(key)
        let words = try words(of: field, key: key, count: count)
        var values: [Double] = []
        values.reserveCapacity(words.count)
        for word in words {
            if let value = Self.number(word) {
                values.append(value)
            } else if allowsInfinity, word == "inf" || word == "-inf" {
                values.append(word == "inf" ? .infinity : -.infinity)
            } else {
                throw .malformedLightGBM(
                    "'\(key)' of \(name) holds '\(word.prefix(40))' where a number was expected", line: field.line)
            }
        }
        return values
    }

    /// A finite number in decimal form, correctly rounded; `nil` for anything else, also for `nan` and hexadecimals.
    static func number(_ word: Substring) -> Double? {
        let isDecimal = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard isDecimal, let value = Double(word), value.isFinite else { return nil }
        return value
    }

    private func required(_ key: Substring) throws(ModelError) -> Field {
        if let field = fields[key] { return field }
        throw .malformedLightGBM("\(name) has no '\(key)'", line: line)
    }

    private func words(of field: Field, key: Substring, count: Int) throws(ModelError) -> [Substring] {
        let words = field.text.split(separator: " ")
        guard words.count == count else {
            throw .malformedLightGBM(
                "'\(key)' of \(name) holds \(words.count) values where \(count) were expected", line: field.line)
        }
        return words
    }

    private static func integer(
        _ word: Substring, of owner: String, in range: ClosedRange<Int>, line: Int
    ) throws(ModelError) -> Int {
        guard let value = Int(word), range.contains(value) else {
            throw .malformedLightGBM(
                "\(owner) holds '\(word.prefix(40))' where a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound) was expected",
                line: line)
        }
        return value
    }
}

extension ModelError {
    /// A file of LightGBM that breaks a rule of its format.
    static func malformedLightGBM(_ message: String, line: Int) -> ModelError {
        ModelError(
            .malformedModel, "line \(line) of the LightGBM model: \(message)",
            hint: "Write the file again with save_model; it may be cut short or changed.")
    }
}
