import SlipwayData

/// What came back for a request.
struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue { get throws { try JSONValue(parsing: body) } }

    subscript(name: String) -> JSONValue? { (try? json)?[name] }

    func header(_ name: String) -> String? {
        headers.first { $0.key.lowercased() == name.lowercased() }?.value
    }

    /// The id of the request, as its error names it.
    var errorRequestID: String? {
        guard case .string(let id)? = self["error"]?["request_id"] else { return nil }
        return id
    }

    /// The code, message, field, and hint of an error in the one shape of all errors; `nil` for any other body.
    var error: (code: String, message: String, field: String?, hint: String?)? {
        guard case .object(let outer)? = try? json, outer.members.count == 1,
            case .object(let error)? = outer["error"], case .string(let code)? = error["code"],
            case .string(let message)? = error["message"],
            Set(error.members.map(\.name)).isSubset(of: ["code", "message", "field", "hint", "request_id"]),
            errorRequestID != nil
        else { return nil }
        func text(_ name: String) -> String? {
            guard case .string(let text)? = error[name] else { return nil }
            return text
        }
        return (code, message, text("field"), text("hint"))
    }

    /// The text of an error in the Open Inference Protocol's shape; `nil` for any other body.
    var protocolError: String? {
        guard case .object(let outer)? = try? json, outer.members.count == 1, case .string(let text)? = outer["error"]
        else { return nil }
        return text
    }

    /// The probability of a class.
    func probability(of name: String) -> Double? { self["probabilities"]?[name]?.asValue?.asNumber }
}
