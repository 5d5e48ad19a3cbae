/// A JSON document, or a part of one, with the order of members kept.
///
/// Whole numbers that fit 64 bits are ``integer(_:)``; every other number is ``number(_:)``. When written, a number
/// that is not finite becomes `null`, so Slipway never emits bare NaN.
public enum JSONValue: Equatable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members in the order of the document; a repeated name is refused when parsing.
    case object(JSONObject)

    /// The name of the kind of value, for messages: `null`, `boolean`, `number`, `string`, `array`, `object`.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The name of the kind of value with its article, for messages: `a number`, `an array`; `null` stands alone.
    public var kindPhrase: String {
        switch self {
        case .null: kindName
        case .array, .object: "an \(kindName)"
        case .boolean, .integer, .number, .string: "a \(kindName)"
        }
    }

    /// The member of an object, or `nil` when there is none or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The scalar as a cell; `nil` for arrays and objects.
    public var asValue: Value? {
        switch self {
        case .null: .missing
        case .boolean(let truth): .boolean(truth)
        case .integer(let whole): .integer(whole)
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .array, .object: nil
        }
    }

    /// The cell as a JSON scalar; missing becomes `null`.
    public init(_ value: Value) {
        switch value {
        case .missing: self = .null
        case .boolean(let truth): self = .boolean(truth)
        case .integer(let whole): self = .integer(whole)
        case .number(let number): self = number.isFinite ? .number(number) : .null
        case .string(let text): self = .string(text)
        }
    }
}
