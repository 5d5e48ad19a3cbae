public import SlipwayData

/// A bucket, and the beginning that the keys of the objects at hand have, written as `s3://shop-data/warehouse`.
public struct S3Address: Equatable, Sendable, CustomStringConvertible {
    /// The most bytes of a key.
    public static let keyByteCountMax = 1_024

    /// The name of the bucket.
    public let bucket: String
    /// The beginning of all keys: empty, or ending in `/`.
    public let prefix: String

    /// Reads an address.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` for what is none.
    public init(parsing text: String) throws(DataError) {
        let scheme = "s3://"
        let rest = text.hasPrefix(scheme) ? text.dropFirst(scheme.count) : ""
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let prefix = parts.count > 1 ? parts[1] : ""
        guard let bucket = parts.first, Self.isBucket(bucket), prefix.isEmpty || Self.isKey(prefix) else {
            throw DataError(
                .unreadable, "'\(text)' is no address of a bucket",
                hint: "Write s3://BUCKET or s3://BUCKET/FOLDER; a bucket's name has 3 to 63 of a to z, 0 to 9, - and .")
        }
        self.bucket = bucket
        self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : "\(prefix)/"
    }

    /// The address as people write it.
    public var description: String { "s3://\(bucket)/\(prefix)" }

    /// The key of an object below the address.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for what no key can be, or no path of a request.
    func key(_ name: String) throws(DataError) -> String {
        let key = prefix + name
        guard !name.isEmpty, Self.isKey(key) else {
            throw DataError(
                .malformed, "'\(name)' is no key of an object",
                hint: "A key has up to \(Self.keyByteCountMax) bytes, and neither '.' nor '..' between its slashes.")
        }
        return key
    }

    private static func isBucket(_ name: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8?) -> Bool {
            byte.map { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) } ?? false
        }
        return (3...63).contains(name.utf8.count) && isAlphanumeric(name.utf8.first) && isAlphanumeric(name.utf8.last)
            && name.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    /// Whether a text can be a key; a path with `.` or `..` would be shortened on its way to the server.
    private static func isKey(_ text: String) -> Bool {
        text.utf8.count <= keyByteCountMax && !text.hasPrefix("/") && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
            && !text.split(separator: "/").contains { $0 == "." || $0 == ".." }
    }
}
