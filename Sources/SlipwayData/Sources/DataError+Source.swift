extension DataError {
    /// The error with the name of the source that was asked before it.
    package func naming(source: String) -> DataError {
        var error = self
        error.message = "source '\(source)': \(message)"
        return error
    }
}
