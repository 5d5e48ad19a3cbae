/// Why a request got no right answer.
public enum LoadFailure: Hashable, Sendable, Comparable {
    /// No connection could be made.
    case connect
    /// There was no answer in time.
    case timeout
    /// The connection ended before the answer.
    case closed
    /// The server refused with a status other than 200.
    case status(Int)
    /// The answer was not what was asked for.
    case wrongBody

    /// The kind as text: `timeout`, `status_503`.
    public var name: String {
        switch self {
        case .connect: "connect"
        case .timeout: "timeout"
        case .closed: "closed"
        case .status(let code): "status_\(code)"
        case .wrongBody: "wrong_body"
        }
    }

    /// In the order of their names.
    public static func < (left: LoadFailure, right: LoadFailure) -> Bool { left.name < right.name }
}
