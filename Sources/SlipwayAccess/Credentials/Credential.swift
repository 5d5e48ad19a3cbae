/// What a caller sends to prove who it is.
public enum Credential: Sendable {
    /// A key of this project.
    case key(KeySecret)
    /// A token that somebody else signed, in three parts.
    case token(String)

    /// The longest credential, in bytes; tokens with many claims come near half of it.
    public static let byteCountMax = 8_192

    private static let hint = "Send the header Authorization: Bearer slw_…; slipway key create makes a key."

    /// The refusal of a caller who sent nothing.
    public static let missing = AccessError(.unauthenticated, "this server asks for a key", hint: hint)

    /// Reads the values of the headers `Authorization` and `X-API-Key`; `nil` when neither was sent.
    ///
    /// - Throws: ``AccessError`` of kind `unauthenticated` for anything but one well-formed credential; its message
    ///   repeats nothing of what was sent.
    public init?(authorization: String?, apiKey: String?) throws(AccessError) {
        var sent: [Substring] = []
        if let authorization { sent.append(try Self.bearer(authorization)) }
        if let apiKey {
            guard apiKey.utf8.count <= Self.byteCountMax else { throw Self.malformed }
            sent.append(Self.trimmed(apiKey))
        }
        guard let text = sent.first else { return nil }
        guard sent.allSatisfy({ $0 == text }) else {
            throw AccessError(
                .unauthenticated, "Authorization and X-API-Key name two different callers", hint: "Send one of them.")
        }
        guard !text.isEmpty else { throw Self.malformed }
        if text.hasPrefix(KeySecret.prefix) {
            guard let secret = KeySecret(text) else { throw Self.malformed }
            self = .key(secret)
        } else {
            guard authorization != nil, Self.isToken(text) else { throw Self.malformed }
            self = .token(String(text))
        }
    }

    private static let malformed = AccessError(
        .unauthenticated, "what was sent as a key is none", hint: "Check that the key is whole. \(hint)")

    /// The credential of the scheme Bearer (RFC 6750, 2.1), whose name has no case (RFC 9110, 11.1).
    private static func bearer(_ value: String) throws(AccessError) -> Substring {
        guard value.utf8.count <= byteCountMax else { throw malformed }
        let value = trimmed(value)
        let scheme = value.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else {
            throw AccessError(.unauthenticated, "this server knows no other scheme than Bearer", hint: hint)
        }
        return trimmed(value[scheme.endIndex...])
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var text = Substring(text)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    /// Whether a text has the form of a signed token: three parts in base64url (RFC 7515, 3.1).
    private static func isToken(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    }
            }
    }
}

extension Credential: CustomStringConvertible, CustomReflectable {
    /// What kind of credential this is, with all that is secret left out.
    public var description: String {
        switch self {
        case .key(let secret): "key \(secret)"
        case .token: "token"
        }
    }

    /// Shows nothing but the kind, so that no dump holds the secret.
    public var customMirror: Mirror { Mirror(self, children: ["kind": description]) }
}
