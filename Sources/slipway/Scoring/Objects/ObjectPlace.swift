import Foundation
import SlipwayConnectors
import SlipwayData

/// An object of a bucket that is a source of the project, written as `lake#scores/churn.parquet`, or by its whole address
/// as `s3://shop-data/scores/churn.parquet`.
struct ObjectPlace {
    /// What a whole address begins with.
    static let scheme = "s3://"
    /// The endings of names of files; what has none of them is a table.
    private static let endings = ["parquet", "csv", "jsonl", "ndjson"]

    /// The bucket.
    let bucket: S3Bucket
    /// The key below the bucket's address; one that ends in `/` is a folder.
    let key: String

    /// Whether a text may name an object.
    static func mayBe(_ text: String) -> Bool {
        text.hasPrefix(scheme) || (TablePlace(text) != nil && !FileManager.default.fileExists(atPath: text))
    }

    /// Finds a place; `nil` for a table of a source, and for a source that is no bucket.
    ///
    /// - Throws: ``ConfigurationError`` where there is no such source, or ``DataError`` for an address below none.
    init?(_ text: String, in project: ProjectConfiguration) throws {
        guard text.hasPrefix(Self.scheme) else {
            guard let place = TablePlace(text) else { return nil }
            let source = try project.source(named: place.source)
            guard source.kind == .s3, place.table.hasSuffix("/") || Self.isFile(place.table) else { return nil }
            self.init(bucket: try project.bucket(of: source, retryCount: source.policy.retryCount), key: place.table)
            return
        }
        for source in project.sources.values.sorted(by: { $0.name < $1.name }) where source.kind == .s3 {
            let bucket = try project.bucket(of: source, retryCount: source.policy.retryCount)
            let address = "\(bucket.address)"
            guard text.hasPrefix(address), text != address else { continue }
            self.init(bucket: bucket, key: String(text.dropFirst(address.count)))
            return
        }
        throw DataError(
            .unreadable, "'\(text)' lies below no source of type s3 of the project",
            hint: "Add one to slipway.yaml with that url, which says who asks.")
    }

    private init(bucket: S3Bucket, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// The name of the file that stands for it.
    var fileName: String { key.split(separator: "/").last.map(String.init) ?? "" }

    private static func isFile(_ key: String) -> Bool {
        endings.contains((key as NSString).pathExtension.lowercased())
    }
}
