import SlipwayData

/// The rows of a query on files that were brought from a bucket, which stay until the last row was read.
final class S3Stream: RowStream {
    private let rows: any RowStream
    private let place: PrivateFolder
    private let described: @Sendable (DataError) -> DataError

    /// - Parameters:
    ///   - rows: The rows as the reader of the files gives them.
    ///   - place: Where the files are; it goes with the stream.
    ///   - described: Tells an error of the reader in the words of the bucket.
    init(
        _ rows: any RowStream, from place: PrivateFolder,
        describing described: @escaping @Sendable (DataError) -> DataError
    ) {
        self.rows = rows
        self.place = place
        self.described = described
    }

    var columns: Table { rows.columns }

    var timeout: Duration { rows.timeout }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        do throws(DataError) {
            return try rows.next(until: deadline)
        } catch {
            throw described(error)
        }
    }

    func stop() { rows.stop() }
}
