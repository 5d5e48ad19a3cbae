import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB

extension ProjectConfiguration {
    /// Where objects stand while they are read or written.
    var objectsFolder: String { "\(folder.statePath)/objects" }

    /// The bucket of a source.
    ///
    /// - Parameter retryCount: How often a request is repeated; queries are repeated as a whole.
    func bucket(of source: SourceConfiguration, retryCount: Int = 0) throws -> S3Bucket {
        let environment = ProcessInfo.processInfo.environment
        let settings = source.bucket ?? BucketConfiguration()
        var limits = S3Limits()
        limits.fetchedByteCountMax = settings.fetchedByteCountMax
        limits.retryCount = retryCount
        limits.patience = min(limits.patience, source.policy.timeout)
        do {
            let endpoint = try S3Endpoint(
                region: settings.region ?? S3Endpoint.regionDefault,
                address: settings.endpoint.map { try $0.resolved(in: environment) },
                isPathStyle: settings.isPathStyle, allowsPlainHTTP: settings.allowsPlainHTTP)
            let credentials = try settings.accessKey.flatMap { accessKey in
                try settings.secretKey.map { secretKey in
                    try S3Credentials(
                        accessKey: secret(accessKey, environment: environment),
                        secretKey: secret(secretKey, environment: environment),
                        sessionToken: settings.sessionToken.map { try secret($0, environment: environment) })
                }
            }
            let address = try S3Address(parsing: address(of: source, environment: environment))
            return S3Bucket(address, at: endpoint, credentials: credentials, limits: limits)
        } catch let error as DataError {
            throw error.naming(source: source.name)
        }
    }

    /// The files of a bucket as a source.
    func bucketSource(_ source: SourceConfiguration) throws -> S3Source {
        let use = source.databaseUse
        let name = source.name
        return S3Source(
            name: name, bucket: try bucket(of: source), folder: objectsFolder,
            reading: S3Source.Reading(
                choose: { (names, query) throws(DataError) in try FilesSource.files(named: names, in: query) },
                tableNames: { FilesSource.tables(ofFilesNamed: $0) },
                source: { FilesSource(name: name, path: $0, use: use) }))
    }
}
