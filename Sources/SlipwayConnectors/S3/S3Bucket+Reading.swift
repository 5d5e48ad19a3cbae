import Crypto
import Foundation
public import SlipwayData

extension S3Bucket {
    /// What is known of an object; `nil` where there is none of the name.
    ///
    /// - Throws: ``DataError``, as every request does.
    public func object(
        named name: String, until deadline: ContinuousClock.Instant? = nil
    ) async throws(DataError) -> S3Object? {
        let key = try address.key(name)
        let answer = try await answer(to: S3Request(method: "HEAD", key: key), accepting: [200, 404], until: deadline)
        guard answer.status == 200 else { return nil }
        guard let byteCount = answer.header("Content-Length").flatMap({ Int($0) }), byteCount >= 0 else {
            throw Self.naming(key, DataError(.malformed, "the server does not say how large it is"))
        }
        return S3Object(key: key, byteCount: byteCount, tag: answer.tag)
    }

    /// Brings an object to this machine, as a new file.
    ///
    /// It comes in parts of ``S3Limits/partByteCount`` bytes, some at once, all of one content: as long as was said, under
    /// one tag, and with that MD5 where the tag is one.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for an object over the limits, `sourceFailed` for another content than
    ///   was announced, `unwritable` for a full disk, or as every request does. A part of the file may be left.
    public func fetch(
        _ object: S3Object, to path: String, until deadline: ContinuousClock.Instant? = nil
    ) async throws(DataError) {
        guard object.byteCount <= limits.fetchedByteCountMax else {
            throw Self.naming(
                object.key,
                DataError(
                    .limitExceeded, "it has \(object.byteCount) bytes, over the limit of \(limits.fetchedByteCountMax)",
                    hint: "Raise max_size of the source."))
        }
        var file = try AtomicFile(replacing: path, permissions: 0o600)
        var digest = Insecure.MD5()
        var isEncrypted = false
        var tag = object.tag
        let starts = Array(stride(from: 0, to: object.byteCount, by: limits.partByteCount))
        for first in stride(from: 0, to: starts.count, by: S3Limits.partsAtOnce) {
            let wanted = starts[first..<min(first + S3Limits.partsAtOnce, starts.count)].map { start in
                start..<min(start + limits.partByteCount, object.byteCount)
            }
            for part in try await Self.inOrder(wanted, { await self.part($0, of: object, until: deadline) }) {
                guard tag == nil || part.tag == nil || tag == part.tag else { throw Self.changed(object.key) }
                tag = tag ?? part.tag
                isEncrypted = isEncrypted || part.tag?.isOfEncrypted == true
                digest.update(data: part.bytes)
                try file.write(Array(part.bytes))
            }
        }
        let found = S3Tag.hexadecimal(digest.finalize())
        guard isEncrypted || tag?.digest ?? found == found else {
            throw Self.naming(
                object.key,
                DataError(.sourceFailed, "the bytes that came are not those of its tag", outlook: .passing()))
        }
        try file.commit()
    }

    /// Does some things at once, and gives what came of them in their order.
    static func inOrder<Element: Sendable, Answer: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) async -> Result<Answer, DataError>
    ) async throws(DataError) -> [Answer] {
        let outcomes = await withTaskGroup(of: (Int, Result<Answer, DataError>).self) { group in
            for (place, element) in elements.enumerated() { group.addTask { (place, await body(element)) } }
            var outcomes = [Result<Answer, DataError>?](repeating: nil, count: elements.count)
            for await (place, outcome) in group {
                outcomes[place] = outcome
                if case .failure = outcome { group.cancelAll() }
            }
            return outcomes
        }
        // What failed first cancelled the others, whose errors tell nothing.
        var answers: [Answer] = []
        var failure: DataError?
        for case let outcome? in outcomes {
            switch outcome {
            case .success(let answer): answers.append(answer)
            case .failure(let error): failure = failure.map { $0.message.hasSuffix(givenUp) ? error : $0 } ?? error
            }
        }
        if let failure { throw failure }
        return answers
    }

    private static var givenUp: String { "the request was given up" }

    private func part(
        _ range: Range<Int>, of object: S3Object, until deadline: ContinuousClock.Instant?
    ) async -> Result<(bytes: Data, tag: S3Tag?), DataError> {
        var request = S3Request(method: "GET", key: object.key)
        request.headers["range"] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
        if let tag = object.tag { request.headers["if-match"] = "\"\(tag.text)\"" }
        do throws(DataError) {
            let answer = try await answer(
                to: request, accepting: [200, 206, 412, 416], byteCountMax: range.count, until: deadline)
            guard [200, 206].contains(answer.status) else { throw Self.changed(object.key) }
            // A server that does not know ranges gives all of it, which is as good where all of it was asked for.
            let place = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(object.byteCount)"
            guard answer.body.count == range.count,
                answer.header("Content-Range").map({ $0 == place }) ?? (range.count == object.byteCount)
            else {
                throw Self.naming(
                    object.key,
                    DataError(.sourceFailed, "other bytes came than were asked for", outlook: .passing()))
            }
            return .success((answer.body, answer.tag))
        } catch {
            return .failure(error)
        }
    }

    private static func changed(_ key: String) -> DataError {
        naming(key, DataError(.sourceFailed, "it was replaced while it was read", outlook: .passing()))
    }

    static func naming(_ key: String, _ error: DataError) -> DataError {
        var error = error
        error.message = "the object '\(key)': \(error.message)"
        return error
    }
}
