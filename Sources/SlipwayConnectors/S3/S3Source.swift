import Foundation
public import SlipwayData

/// A data source whose tables are the files of a bucket, right below its address.
///
/// The files that a query names are brought to a folder of this machine that goes when the query ended, and are read there
/// as the files of any folder are.
public struct S3Source: DataSource {
    /// What reads files of a folder.
    public struct Reading: Sendable {
        /// Which of the files of some names a query may need; what are no tables is left out.
        public var choose: @Sendable (_ names: [String], _ query: String) throws(DataError) -> [String]
        /// The names of the tables that files of some names are.
        public var tableNames: @Sendable (_ names: [String]) -> [String]
        /// A source over the files of a folder.
        public var source: @Sendable (_ folder: String) -> any DataSource

        /// Says how files are read.
        public init(
            choose: @escaping @Sendable (_ names: [String], _ query: String) throws(DataError) -> [String],
            tableNames: @escaping @Sendable (_ names: [String]) -> [String],
            source: @escaping @Sendable (_ folder: String) -> any DataSource
        ) {
            self.choose = choose
            self.tableNames = tableNames
            self.source = source
        }
    }

    /// The name that the project gives the source.
    public let name: String
    private let bucket: S3Bucket
    private let folder: String
    private let reading: Reading

    /// Makes a source; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - folder: Below which folder files stand while they are read.
    ///   - reading: How they are read.
    public init(name: String, bucket: S3Bucket, folder: String, reading: Reading) {
        self.name = name
        self.bucket = bucket
        self.folder = folder
        self.reading = reading
    }

    /// The type in the project file.
    public var kind: String { "s3" }

    /// Starts to answer a query in the dialect of what reads the files, once they are all there.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        let (place, names) = try await brought(for: query, within: limits.timeout)
        do {
            let rows = try await reading.source(place.path).stream(query, limits: limits)
            return S3Stream(rows, from: place) { described($0, place.path, names, limits.timeout) }
        } catch {
            throw described(error, place.path, names, limits.timeout)
        }
    }

    /// Answers a query in the dialect of what reads the files; columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        let (place, names) = try await brought(for: query, within: limits.timeout)
        var rest = limits
        rest.timeout = deadline - .now
        do {
            let table = try await reading.source(place.path).fetch(query, limits: rest)
            return withExtendedLifetime(place) { table }
        } catch {
            throw described(error, place.path, names, limits.timeout)
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        do {
            let files = try await files(until: .now + limits.timeout)
            return reading.tableNames(Array(files.keys)).map { SourceTable(name: $0) }
        } catch {
            throw error.naming(source: name)
        }
    }

    /// Brings the files that a query names.
    ///
    /// - Returns: Where they are, and the names of all tables.
    private func brought(
        for query: String, within timeout: Duration
    ) async throws(DataError) -> (PrivateFolder, tableNames: [String]) {
        let deadline = ContinuousClock.now + timeout
        do {
            return try await brought(for: query, until: deadline)
        } catch {
            guard .now < deadline || error.outlook == .lasting else {
                throw .timedOut(after: timeout, source: name, outlook: .passing())
            }
            throw error.naming(source: name)
        }
    }

    private func brought(
        for query: String, until deadline: ContinuousClock.Instant
    ) async throws(DataError) -> (PrivateFolder, tableNames: [String]) {
        let files = try await files(until: deadline)
        let names = try reading.choose(files.keys.sorted(), query)
        let chosen = names.compactMap { name in files[name].map { (name, $0) } }
        let byteCount = chosen.reduce(0) { $0.addingReportingOverflow($1.1.byteCount).partialValue }
        let byteCountMax = bucket.limits.fetchedByteCountMax
        guard byteCount >= 0, byteCount <= byteCountMax else {
            throw DataError(
                .limitExceeded, "the files of the query have \(byteCount) bytes, over the limit of \(byteCountMax)",
                hint: "Raise max_size of the source, or name fewer files.")
        }
        let place = try PrivateFolder(below: folder)
        for (name, object) in chosen {
            try await bucket.fetch(object, to: "\(place.path)/\(name)", until: deadline)
        }
        return (place, reading.tableNames(Array(files.keys)))
    }

    /// The objects by the names of the files that they become; what no file can be called is left out.
    private func files(until deadline: ContinuousClock.Instant) async throws(DataError) -> [String: S3Object] {
        var files: [String: S3Object] = [:]
        for object in try await bucket.objects(until: deadline) {
            let name = String(object.key.dropFirst(bucket.address.prefix.count))
            guard (1...255).contains(name.utf8.count), !name.hasPrefix("."),
                !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 })
            else { continue }
            files[name] = object
        }
        return files
    }

    /// An error of what reads the files, which knows only those that were brought, by the place where they are.
    private func described(
        _ error: DataError, _ place: String, _ names: [String], _ timeout: Duration
    ) -> DataError {
        var error = error
        let address = "\(bucket.address)"
        error.message = error.message.replacing("\(place)/", with: address).replacing(place, with: address)
        if error.hint?.contains(place) == true {
            error.hint =
                "\(address) holds \(names.isEmpty ? "no file that is a table" : names.joined(separator: ", "))."
        }
        return error.message.contains("did not finish") ? .timedOut(after: timeout, source: name) : error
    }
}
