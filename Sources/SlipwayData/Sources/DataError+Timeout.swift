extension DataError {
    /// The error of a query that was stopped at its timeout.
    public static func timedOut(after timeout: Duration, source: String) -> DataError {
        DataError(
            .sourceFailed, "source '\(source)': the query did not finish within \(timeout)",
            hint: "Narrow the query, or raise the timeout of the source.")
    }
}
