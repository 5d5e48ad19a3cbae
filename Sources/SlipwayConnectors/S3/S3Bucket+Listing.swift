import Foundation
public import SlipwayData

extension S3Bucket {
    /// The objects right below the address or a folder of it, by their keys, without those in folders of their own.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for more objects than the limits allow, `malformed` for a listing
    ///   that does not end, or as every request does.
    public func objects(
        in folder: String = "", until deadline: ContinuousClock.Instant? = nil
    ) async throws(DataError) -> [S3Object] {
        let prefix = address.prefix + folder
        var objects: [S3Object] = []
        var token: String?
        var seen: Set<String> = []
        repeat {
            var request = S3Request(method: "GET", key: "")
            request.parameters = [
                "list-type": "2", "prefix": prefix, "delimiter": "/", "encoding-type": "url",
                "continuation-token": token,
            ].compactMapValues { $0 }
            let answer = try await answer(to: request, accepting: [200], until: deadline)
            let page: S3Listing
            do { page = try S3Listing(answer.document(named: "ListBucketResult")) } catch { throw listing(error) }
            objects += page.objects.filter { $0.key.hasPrefix(prefix) && $0.key != prefix }
            guard objects.count <= limits.objectCountMax else {
                throw listing(
                    DataError(
                        .limitExceeded, "there are more than \(limits.objectCountMax) objects",
                        hint: "Name a folder with fewer of them."))
            }
            token = page.next
            if let token, !seen.insert(token).inserted || seen.count > S3Limits.pageCountMax {
                throw listing(DataError(.malformed, "the listing does not end"))
            }
        } while token != nil
        return objects.sorted { $0.key < $1.key }
    }

    private func listing(_ error: DataError) -> DataError {
        var error = error
        error.message = "the objects of \(address): \(error.message)"
        return error
    }
}
