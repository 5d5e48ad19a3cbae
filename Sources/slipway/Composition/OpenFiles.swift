import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// What is kept for everything that is no connection: stores, logs, models.
    static let reservedCount = 256

    /// Raises the number that the process allows itself as far as it may, and says how many connections fit.
    ///
    /// A connection that found no number would be accepted only to fail, and so would the log of a model.
    ///
    /// - Parameters:
    ///   - wanted: The connections that each face of the server is to hold.
    ///   - faceCount: The faces.
    /// - Returns: The connections that each may hold.
    static func connectionCount(wanted: Int, faceCount: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return wanted }
        let needed = rlim_t(wanted * faceCount + reservedCount)
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        guard limit.rlim_cur < needed else { return wanted }
        return max(1, (Int(limit.rlim_cur) - reservedCount) / faceCount)
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
