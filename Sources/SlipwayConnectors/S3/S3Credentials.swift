public import SlipwayData

/// Who asks for objects; what is secret in it is never shown.
public struct S3Credentials: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    let accessKey: String
    let secretKey: String
    let sessionToken: String?

    /// Takes keys as they were given out.
    ///
    /// - Parameter sessionToken: What goes with keys that end some time.
    /// - Throws: ``DataError`` of kind `unreadable` for what no header takes.
    public init(accessKey: String, secretKey: String, sessionToken: String? = nil) throws(DataError) {
        let parts = [("access key", accessKey), ("secret key", secretKey), ("session token", sessionToken ?? "-")]
        for (name, text) in parts where text.isEmpty || !text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw DataError(.unreadable, "the \(name) is empty, or holds a character that none has")
        }
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
    }

    /// Says nothing of the keys.
    public var description: String { "S3Credentials" }

    /// Shows nothing of the keys.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
