import SlipwayData

/// Reads the rows of Parquet files that callers send, a few files at a time.
///
/// Reading one takes memory and time of its own, so it happens beside the threads that answer requests; what waits is
/// bounded, and a file whose request is given up is dropped.
struct ParquetBodies: Sendable {
    /// The files that are read at once: each may take ``ParquetLimits/memoryByteCountMax``.
    static let threadCount = 2

    private struct Body: Sendable {
        var bytes: [UInt8]
        var columns: Set<String>
        var limits: ParquetLimits
    }

    private let files: (any ParquetFiles)?
    private let pool: WorkPool
    private let lane: WorkLane<Body, Table>

    /// - Parameter files: What reads Parquet; `nil` where nothing does.
    init(_ files: (any ParquetFiles)?, limits: ServingLimits) {
        self.files = files
        pool = WorkPool(name: "parquet", threadCount: Self.threadCount, waitingCountMax: limits.waitingCountMax)
        lane = WorkLane("Parquet files", countMax: limits.waitingCountMax) { bodies in
            bodies.map { body in
                Result { () throws(ServingError) in try Self.table(of: body, by: files) }
            }
        }
    }

    /// Reads the columns that have one of some names.
    ///
    /// - Throws: ``ServingError``: `unsupportedMediaType` where nothing reads Parquet, `malformed`, `tooLarge`,
    ///   `signatureMismatch` when the columns are not those of the model, `busy`, or `deadlineExceeded`.
    func table(
        of bytes: [UInt8], columns: Set<String>, rowCountMax: Int, until deadline: ContinuousClock.Instant?
    ) async throws(ServingError) -> Table {
        guard files != nil else { throw Self.unsupported }
        var limits = ParquetLimits(rowCountMax: rowCountMax)
        if let deadline { limits.timeMax = min(limits.timeMax, max(.milliseconds(1), deadline - .now)) }
        return try await lane.run(
            Body(bytes: bytes, columns: columns, limits: limits), until: deadline, on: pool)
    }

    private static func table(of body: Body, by files: (any ParquetFiles)?) throws(ServingError) -> Table {
        guard let files, files.absence == nil else { throw unsupported }
        do {
            return try files.table(parsing: body.bytes, columns: body.columns, limits: body.limits)
        } catch {
            throw Self.error(of: error)
        }
    }

    private static var unsupported: ServingError {
        ServingError(
            .unsupportedMediaType, "this server reads no Parquet",
            hint: "Send JSON or CSV; 'serving: { parquet: true }' and DuckDB, as slipway doctor tells, let it be read.")
    }

    private static func error(of error: DataError) -> ServingError {
        switch error.kind {
        case .limitExceeded:
            ServingError(.tooLarge, error.message, hint: "Send the rows in several requests, or use slipway score.")
        case .missingColumn, .wrongType:
            ServingError(.signatureMismatch, error.message, hint: error.hint)
        case .malformed:
            ServingError(.malformed, error.message, hint: error.hint)
        case .unreadable, .unwritable, .sourceFailed:
            ServingError(
                .busy, "the Parquet file cannot be read now", hint: "Try again later.", retryAfterSeconds: 1,
                cause: error.message)
        }
    }
}
