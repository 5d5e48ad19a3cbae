/// Which snapshot is meant: `churn` or `churn@latest` for the latest one, `churn@3fa9` by the start of its digest.
public struct SnapshotReference: Hashable, Sendable, CustomStringConvertible {
    /// Which of the snapshots of a name.
    public enum Selector: Hashable, Sendable {
        /// The one that was taken, or found unchanged, last.
        case latest
        /// The one whose digest starts so.
        case digest(prefix: String)
    }

    /// The fewest digits of a digest.
    public static let prefixLengthMin = 4

    /// The name of the snapshots.
    public var name: String
    /// Which of them.
    public var selector: Selector

    /// Makes a reference.
    public init(name: String, selector: Selector = .latest) {
        self.name = name
        self.selector = selector
    }

    /// Reads a reference.
    ///
    /// - Throws: ``DataError`` of kind `malformed` that says what one looks like.
    public init(parsing text: String) throws(DataError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        guard ResourceName.isValid(name), parts.count == 1 || Self.isSelector(parts[1]) else {
            throw DataError(
                .malformed, "'\(text.prefix(100))' names no snapshot",
                hint: "Write NAME, NAME@latest, or NAME@ and \(Self.prefixLengthMin) digits or more of its digest.")
        }
        let isLatest = parts.count == 1 || parts[1] == "latest"
        self.init(name: name, selector: isLatest ? .latest : .digest(prefix: parts[1]))
    }

    /// The reference as it is written.
    public var description: String {
        switch selector {
        case .latest: "\(name)@latest"
        case .digest(let prefix): "\(name)@\(prefix)"
        }
    }

    private static func isSelector(_ text: String) -> Bool {
        if text == "latest" { return true }
        let digits = "0123456789abcdef".utf8
        return (prefixLengthMin...64).contains(text.utf8.count) && text.utf8.allSatisfy { digits.contains($0) }
    }
}
