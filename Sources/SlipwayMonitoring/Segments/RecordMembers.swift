import SlipwayData

/// Reads the members of a log record, with an error that names the one at fault.
struct RecordMembers {
    private let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    /// A text, turned into something by `convert`.
    func read<Result>(_ name: String, _ convert: (String) -> Result?) throws(LogError) -> Result {
        guard let result = try readIfPresent(name, convert) else { throw Self.absent(name) }
        return result
    }

    /// A text that may be absent or null.
    func readIfPresent<Result>(_ name: String, _ convert: (String) -> Result?) throws(LogError) -> Result? {
        switch object[name] {
        case nil, .null: return nil
        case .string(let text):
            guard let result = convert(text) else {
                throw LogError(.malformed, "'\(name)' of a log record cannot be '\(text.prefix(60))'", field: name)
            }
            return result
        case .some(let other): throw Self.wrongKind(name, other, "a text")
        }
    }

    /// A whole number.
    func whole(_ name: String) throws(LogError) -> Int {
        guard let number = try wholeIfPresent(name) else { throw Self.absent(name) }
        return number
    }

    /// A whole number that may be absent or null.
    func wholeIfPresent(_ name: String) throws(LogError) -> Int? {
        switch object[name] {
        case nil, .null: return nil
        case .integer(let number): return Int(number)
        case .some(let other): throw Self.wrongKind(name, other, "a whole number")
        }
    }

    /// A truth value that may be absent or null.
    func truthIfPresent(_ name: String) throws(LogError) -> Bool? {
        switch object[name] {
        case nil, .null: return nil
        case .boolean(let truth): return truth
        case .some(let other): throw Self.wrongKind(name, other, "true or false")
        }
    }

    /// A nested object.
    func object(_ name: String) throws(LogError) -> JSONObject {
        switch object[name] {
        case nil: throw Self.absent(name)
        case .object(let object): return object
        case .some(let other): throw Self.wrongKind(name, other, "an object")
        }
    }

    static func absent(_ name: String) -> LogError {
        LogError(.malformed, "a log record has no '\(name)'", field: name)
    }

    private static func wrongKind(_ name: String, _ value: JSONValue, _ wanted: String) -> LogError {
        LogError(.malformed, "'\(name)' of a log record is \(wanted), not \(value.kindPhrase)", field: name)
    }
}
