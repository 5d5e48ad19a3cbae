import Foundation

/// Turns the error number of a failed system call into an error that names the file.
package enum FileFailure {
    /// The error for a file that cannot be read.
    static func reading(_ path: String, _ number: Int32) -> DataError {
        let hint: String? =
            switch number {
            case ENOENT: "Check the path."
            case EACCES: "Check who may read it."
            default: nil
            }
        return DataError(.unreadable, "cannot read '\(path)': \(reason(number))", hint: hint)
    }

    /// The error for a file that cannot be written.
    package static func writing(_ path: String, _ number: Int32) -> DataError {
        let hint: String? =
            switch number {
            case ENOSPC, EDQUOT: "Free space there and run the command again; what was there before is unchanged."
            case ENOENT: "Make the folder first."
            case EACCES, EROFS: "Check who may write there."
            default: nil
            }
        return DataError(.unwritable, "cannot write '\(path)': \(reason(number))", hint: hint)
    }

    private static func reason(_ number: Int32) -> String {
        switch number {
        case ENOSPC: "the disk is full"
        case EDQUOT: "the disk quota is used up"
        case ENOENT: "there is no such file or folder"
        case EACCES: "permission is denied"
        case EISDIR: "it is a folder"
        default: String(cString: strerror(number)).lowercased()
        }
    }
}
