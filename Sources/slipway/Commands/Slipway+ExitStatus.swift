import ArgumentParser

extension Slipway {
    /// The exit code of a command that did what was asked.
    static let doneStatus: Int32 = 0
    /// The exit code of a command that was refused or failed.
    static let failedStatus: Int32 = 1
    /// The exit code of a command line that makes no sense.
    static let usageStatus: Int32 = 2

    /// Shows what ended a command, and gives the exit code: 0 done, 1 refused or failed, 2 wrong usage.
    ///
    /// Help and version texts also arrive here, because the parser throws them.
    ///
    /// - Parameter isForPrograms: Whether a failure is shown as a JSON document, still on standard error.
    static func exitStatus(reporting error: any Error, isForPrograms: Bool = false) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        switch exitCode(for: error) {
        case .success:
            try? Terminal.print(fullMessage(for: error))
            return doneStatus
        case .validationFailure:
            try? Terminal.print(fullMessage(for: error), to: .error)
            return usageStatus
        default:
            Terminal.print(ErrorReport(error), asDocument: isForPrograms)
            return failedStatus
        }
    }
}
