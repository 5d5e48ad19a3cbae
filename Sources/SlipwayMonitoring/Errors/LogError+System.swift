import Foundation
import SlipwayData

extension LogError {
    /// The error of a failed system call on a path.
    static func system(_ number: Int32, _ doing: String, _ path: String, kind: Code) -> LogError {
        let reason = String(cString: strerror(number))
        guard number == ENOSPC || number == EDQUOT || number == EFBIG else {
            return LogError(kind, "\(doing) '\(path)' failed: \(reason)")
        }
        return LogError(
            .noSpace, "\(doing) '\(path)' failed: \(reason)",
            hint: "Free space on that disk, or delete old segments of the log.")
    }

    /// The error of a file or a table that the log is exported to or feedback is read from.
    init(_ error: DataError) {
        let kind: Code =
            switch error.kind {
            case .malformed, .missingColumn, .wrongType: .malformed
            case .limitExceeded: .limitExceeded
            case .unreadable, .sourceFailed: .unreadable
            case .unwritable: .unwritable
            }
        self.init(kind, error.message, hint: error.hint)
    }
}
