extension DataError {
    /// The error of a query that was stopped at its timeout.
    ///
    /// - Parameter outlook: Whether it may do so another time: on this machine it takes as long again, and a server may
    ///   have been busy.
    public static func timedOut(
        after timeout: Duration, source: String, outlook: Outlook = .lasting
    ) -> DataError {
        DataError(
            .sourceFailed, "source '\(source)': the query did not finish within \(timeout)",
            hint: "Narrow the query, or raise the timeout of the source.", outlook: outlook)
    }
}
