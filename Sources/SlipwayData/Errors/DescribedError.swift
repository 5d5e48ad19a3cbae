/// An error that tells a person what happened and what to do next.
///
/// Every room has one concrete error type (``DataError`` here). The command line prints ``message`` and ``hint``; the
/// API puts ``code`` into the error body and into metric labels.
///
/// ## Contract for implementers
/// - ``code`` comes from a small fixed set in `snake_case`, never from input.
/// - ``message`` is one sentence that names the thing at fault: file and line, field, node, or table.
/// - ``hint`` is the next step in the imperative, or `nil` when there is none.
public protocol DescribedError: Error, Sendable, CustomStringConvertible {
    /// The bounded, machine-readable kind of the error.
    var code: String { get }

    /// One sentence that says what happened and where.
    var message: String { get }

    /// One sentence that says what to do about it.
    var hint: String? { get }
}

extension DescribedError {
    /// The message, followed by the hint where there is one, as sentences.
    public var description: String {
        guard let hint else { return message }
        let isSentence = message.last.map { ".!?:\n ".contains($0) } ?? true
        return isSentence ? "\(message) \(hint)" : "\(message). \(hint)"
    }
}
