import Foundation
public import SlipwayData

extension S3Bucket {
    /// What happens to an object that is there already.
    public enum Replacement: Sendable {
        /// It stays, and the new one is refused, by the server itself where it knows conditional writes.
        case refused
        /// It goes when the new one is whole.
        case done
    }

    /// The largest file that becomes an object: S3's own limit, 5 TiB.
    static let objectByteCountMax = 5 << 40

    /// Makes a file an object, which is there as a whole or not at all: what was there before stays until then.
    ///
    /// A file of more than one part goes up in parts, which the server puts together at the end; whatever fails before,
    /// they are thrown away. Only where that fails too, or the process is killed, they stay without being an object.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` for an object that is there and must not be, `unreadable` for the file,
    ///   `limitExceeded`, or as every request does.
    public func put(_ path: String, as name: String, replacing replacement: Replacement) async throws(DataError) {
        let key = try address.key(name)
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
            throw DataError(.unreadable, "the file \(path) cannot be read")
        }
        guard let byteCount = Int(exactly: size), byteCount <= Self.objectByteCountMax else {
            throw Self.naming(key, DataError(.limitExceeded, "no object has more than 5 TiB"))
        }
        // Servers without conditional writes have only this to go by.
        if replacement == .refused, try await object(named: name) != nil { throw Self.isThere(key) }
        if byteCount <= limits.partByteCount {
            let body = try Self.bytes(0..<byteCount, of: path)
            var request = Self.writing("PUT", key, replacement)
            request.body = body
            let answer = try await answer(to: request, accepting: [200, 412], until: nil)
            guard answer.status == 200 else { throw Self.isThere(key) }
            try Self.check(answer, holds: body, key)
            return
        }
        try await putInParts(path, byteCount, key, replacement)
    }

    /// Removes an object; one that is not there is as good as removed.
    ///
    /// - Throws: ``DataError``, as every request does.
    public func remove(_ name: String) async throws(DataError) {
        let key = try address.key(name)
        _ = try await answer(to: S3Request(method: "DELETE", key: key), accepting: [200, 204, 404], until: nil)
    }

    private func putInParts(
        _ path: String, _ byteCount: Int, _ key: String, _ replacement: Replacement
    ) async throws(DataError) {
        let size = max(limits.partByteCount, (byteCount + S3Limits.partCountMax - 1) / S3Limits.partCountMax)
        var begin = Self.writing("POST", key, .done)
        begin.parameters = ["uploads": ""]
        let started = try await answer(to: begin, accepting: [200], until: nil)
            .document(named: "InitiateMultipartUpload")
        guard let upload = started["UploadId"]?.text, (1...S3Address.keyByteCountMax).contains(upload.utf8.count) else {
            throw Self.naming(key, DataError(.malformed, "the server gives the upload no name"))
        }
        do throws(DataError) {
            var tags: [String] = []
            let starts = Array(stride(from: 0, to: byteCount, by: size))
            for first in stride(from: 0, to: starts.count, by: S3Limits.partsAtOnce) {
                let numbers = Array(first..<min(first + S3Limits.partsAtOnce, starts.count))
                tags += try await Self.inOrder(numbers) { number in
                    let range = starts[number]..<min(starts[number] + size, byteCount)
                    return await self.put(range, of: path, asPart: number + 1, of: upload, key)
                }
            }
            try await complete(upload, tags, key, replacement)
        } catch {
            throw await abort(upload, key, after: error)
        }
    }

    private func put(
        _ range: Range<Int>, of path: String, asPart number: Int, of upload: String, _ key: String
    ) async -> Result<String, DataError> {
        var request = S3Request(method: "PUT", key: key)
        request.parameters = ["partNumber": "\(number)", "uploadId": upload]
        request.headers["content-type"] = Self.contentType
        do throws(DataError) {
            request.body = try Self.bytes(range, of: path)
            let answer = try await answer(to: request, accepting: [200], until: nil)
            guard let tag = answer.tag?.text else {
                throw Self.naming(key, DataError(.malformed, "the server gives part \(number) no tag"))
            }
            try Self.check(answer, holds: request.body, key)
            return .success(tag)
        } catch {
            return .failure(error)
        }
    }

    private func complete(
        _ upload: String, _ tags: [String], _ key: String, _ replacement: Replacement
    ) async throws(DataError) {
        let parts = tags.enumerated().map { place, tag in
            "<Part><PartNumber>\(place + 1)</PartNumber><ETag>&quot;\(Self.escaped(tag))&quot;</ETag></Part>"
        }
        var request = Self.writing("POST", key, replacement)
        request.parameters = ["uploadId": upload]
        request.body = Data("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
        let answer = try await answer(to: request, accepting: [200, 412], until: nil)
        guard answer.status == 200 else { throw Self.isThere(key) }
        // The status comes first, while the server is still at work: how it went stands in the document.
        do { _ = try answer.document(named: "CompleteMultipartUpload") } catch { throw Self.naming(key, error) }
    }

    /// Throws the parts of an upload away, also when nobody waits for it any longer.
    ///
    /// - Returns: The error to tell.
    private func abort(_ upload: String, _ key: String, after error: DataError) async -> DataError {
        var request = S3Request(method: "DELETE", key: key)
        request.parameters = ["uploadId": upload]
        let sent = request
        let isAborted = await Task { () async -> Bool in
            (try? await answer(to: sent, accepting: [200, 204, 404], until: nil)) != nil
        }.value
        guard !isAborted else { return error }
        var error = error
        error.hint =
            (error.hint.map { "\($0) " } ?? "") + "The parts that went up are still there, without being an object: "
            + "abort upload \(upload) of '\(key)', or let a rule of the bucket do so."
        return error
    }

    private static let contentType = "application/octet-stream"

    private static func writing(_ method: String, _ key: String, _ replacement: Replacement) -> S3Request {
        var request = S3Request(method: method, key: key)
        request.headers["content-type"] = contentType
        if replacement == .refused { request.headers["if-none-match"] = "*" }
        return request
    }

    private static func isThere(_ key: String) -> DataError {
        DataError(
            .unwritable, "the object '\(key)' is there already", hint: "Let it be replaced with --mode replace.")
    }

    /// Sees that what the server took is what was sent, where its tag tells.
    private static func check(_ answer: S3Answer, holds body: Data, _ key: String) throws(DataError) {
        guard let told = answer.tag?.digest, told != S3Tag.digest(of: body) else { return }
        throw naming(key, DataError(.sourceFailed, "the server took other bytes than were sent", outlook: .passing()))
    }

    private static func bytes(_ range: Range<Int>, of path: String) throws(DataError) -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw DataError(.unreadable, "the file \(path) cannot be read")
        }
        defer { try? file.close() }
        var bytes = Data(capacity: range.count)
        do {
            try file.seek(toOffset: UInt64(range.lowerBound))
            while bytes.count < range.count, let more = try file.read(upToCount: range.count - bytes.count),
                !more.isEmpty
            { bytes += more }
        } catch {
            throw DataError(.unreadable, "the file \(path) cannot be read: \(error)")
        }
        guard bytes.count == range.count else { throw DataError(.unreadable, "the file \(path) became shorter") }
        return bytes
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
