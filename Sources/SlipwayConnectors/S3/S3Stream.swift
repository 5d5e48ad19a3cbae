import SlipwayData

/// The rows of files that were brought from a bucket, which go with the stream.
final class S3Stream: RowStream {
    private let base: any RowStream
    private let place: PrivateFolder
    private let describe: @Sendable (DataError) -> DataError

    /// - Parameter describe: Gives what is told of a failure.
    init(_ base: any RowStream, _ place: PrivateFolder, _ describe: @escaping @Sendable (DataError) -> DataError) {
        self.base = base
        self.place = place
        self.describe = describe
    }

    var columns: Table { base.columns }

    var timeout: Duration { base.timeout }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        do { return try base.next(until: deadline) } catch { throw describe(error) }
    }

    func stop() { base.stop() }
}
