import CPostgreSQL

/// Where a store is, and how that is told to people.
struct StoreAddress: Sendable {
    /// The connection string, which may hold a password and is never shown.
    let text: String
    /// The server and the database, without user and password.
    let place: String

    /// Takes a connection URI or keywords and values, as "Connection Strings" in libpq's manual says.
    ///
    /// - Throws: ``ServerProblem/badAddress``; what the library says of it may quote a password.
    init(_ text: String, _ functions: PGFunctions) throws(ServerProblem) {
        self.text = text
        var message: UnsafeMutablePointer<CChar>?
        let options = functions.conninfoParse(text, &message)
        functions.freemem(message)
        guard let options else { throw .badAddress }
        defer { functions.conninfoFree(options) }
        var settings: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.value { settings[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let host = settings["host"] ?? settings["hostaddr"] ?? "localhost"
        let port = settings["port"].map { ":\($0)" } ?? ""
        place = "postgres://\(host)\(port)/\(settings["dbname"] ?? settings["user"] ?? "")"
    }
}
