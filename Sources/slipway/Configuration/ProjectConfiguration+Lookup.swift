import Foundation
import SlipwayData

extension ProjectConfiguration {
    /// The environment of a name.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func environment(named name: String) throws(ConfigurationError) -> EnvironmentConfiguration {
        try entry(named: name, in: environments, "environment")
    }

    /// How the logs of an environment are kept.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func log(of environment: String) throws(ConfigurationError) -> LogConfiguration {
        try self.environment(named: environment).log.over(log)
    }

    /// The source of a name.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func source(named name: String) throws(ConfigurationError) -> SourceConfiguration {
        try entry(named: name, in: sources, "source")
    }

    /// The feature view of a name.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func feature(named name: String) throws(ConfigurationError) -> FeatureConfiguration {
        try entry(named: name, in: features, "feature view")
    }

    /// The model of a name.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func model(named name: String) throws(ConfigurationError) -> ModelConfiguration {
        try entry(named: name, in: models, "model")
    }

    /// The absolute path of a source's file, or the URL of its server, with environment variables put in.
    ///
    /// - Throws: ``ConfigurationError`` of kind `unresolved` that lists the variables that are not set, or whose values
    ///   a URL cannot hold as they are.
    func address(
        of source: SourceConfiguration, environment: [String: String]
    ) throws(ConfigurationError) -> String {
        let address = try source.address.resolved(in: environment)
        guard source.kind.addressKey == "url" else { return folder.absolutePath(of: address) }
        let odd = source.address.credentials.filter { name in
            // By code points, as a URL is read: an accent does not hide the mark below it.
            (environment[name] ?? "").unicodeScalars.contains {
                Self.endsCredentials.contains($0) || $0.properties.isWhitespace
            }
        }
        guard odd.isEmpty else {
            throw ConfigurationError(
                .unresolved,
                problems: odd.map { name in
                    ConfigurationProblem(
                        location: source.address.location, path: source.address.path,
                        message: "the value of \(name) holds a character that ends the password in a URL")
                }, in: source.address.location.file,
                hint: "Percent-encode it: %40 for @, %2F for /, %3F for ?, %23 for #, %20 for a space.")
        }
        return address
    }

    /// A secret, such as a token, with environment variables put in; one written as `file:PATH` is that file's text.
    ///
    /// - Throws: ``ConfigurationError`` of kind `unresolved` for variables that are not set, or a file that cannot be
    ///   read.
    func secret(
        _ reference: TextReference, environment: [String: String]
    ) throws(ConfigurationError) -> String {
        let text = try reference.resolved(in: environment)
        guard text.hasPrefix("file:") else { return text }
        do {
            let path = folder.absolutePath(of: String(text.dropFirst("file:".count)))
            let bytes = try InputFile.bytes(of: path, byteCountMax: Self.secretByteCountMax)
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw Self.unresolved(reference, error)
        }
    }

    /// What decrypts a column.
    ///
    /// - Throws: ``ConfigurationError`` of kind `unresolved` for a key that is not there or is none.
    func cipher(
        _ cipher: ViewPrivacy.Cipher, environment: [String: String]
    ) throws(ConfigurationError) -> ColumnCipher {
        let key = try secret(cipher.key, environment: environment)
        do {
            return try ColumnCipher(key: key, type: cipher.type)
        } catch {
            throw Self.unresolved(cipher.key, error)
        }
    }

    private static func unresolved(_ reference: TextReference, _ error: DataError) -> ConfigurationError {
        let problem = ConfigurationProblem(location: reference.location, path: reference.path, message: error.message)
        return ConfigurationError(.unresolved, problems: [problem], in: reference.location.file, hint: error.hint)
    }

    /// The most bytes of a file that holds a secret.
    private static let secretByteCountMax = 64 << 10

    /// What would make the rest of a password a part of the address, which errors show.
    private static let endsCredentials: Set<Unicode.Scalar> = ["@", "/", "?", "#", "[", "]"]

    private func entry<Value>(
        named name: String, in entries: [String: Value], _ noun: String
    ) throws(ConfigurationError) -> Value {
        if let entry = entries[name] { return entry }
        let ending = Suggestion.ending(for: name, among: entries.keys.sorted())
        throw ConfigurationError(
            .notFound, "\(folder.file) defines no \(noun) \(Quotation.quoted(name))\(ending)",
            hint: entries.isEmpty ? "Add the \(noun) to \(folder.file)." : nil)
    }
}
