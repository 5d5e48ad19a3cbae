import SlipwayConnectors
import SlipwayData

/// An object of a bucket as a result: a file that goes up when it is whole, as jobs do it.
final class ObjectResult: DataSink {
    private let file: any DataSink
    private let path: String
    private let bucket: S3Bucket

    init(_ file: any DataSink, _ path: String, in bucket: S3Bucket) {
        self.file = file
        self.path = path
        self.bucket = bucket
    }

    func begin(_ columns: Table) throws(DataError) { try file.begin(columns) }

    func write(_ rows: Table) throws(DataError) { try file.write(rows) }

    func finish() throws(DataError) {
        try file.finish()
        do {
            try waited { [bucket, path] in try await bucket.put(path, as: "out.csv", replacing: .done) }
        } catch let error as DataError {
            throw error
        } catch {
            throw DataError(.sourceFailed, "\(error)")
        }
    }
}
