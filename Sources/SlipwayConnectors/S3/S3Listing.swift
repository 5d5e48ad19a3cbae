import SlipwayData

/// One page of a listing.
struct S3Listing: Equatable {
    /// The objects of the page.
    let objects: [S3Object]
    /// What the next page is asked with; `nil` on the last one.
    let next: String?

    /// Reads the document of a page.
    ///
    /// - Throws: ``DataError`` of kind `malformed`.
    init(_ document: XMLElement) throws(DataError) {
        let isEncoded = document["EncodingType"]?.text == "url"
        var objects: [S3Object] = []
        for entry in document.all("Contents") {
            let text = entry["Key"]?.text ?? ""
            guard let key = isEncoded ? AddressText.decoded(text) : text, !key.isEmpty,
                let byteCount = entry["Size"].flatMap({ Int($0.text) }), byteCount >= 0
            else { throw DataError(.malformed, "an object of the listing has no key, or no size") }
            objects.append(S3Object(key: key, byteCount: byteCount, tag: entry["ETag"].map { S3Tag($0.text) }))
        }
        self.objects = objects
        guard document["IsTruncated"]?.text == "true" else {
            next = nil
            return
        }
        guard let token = document["NextContinuationToken"]?.text, !token.isEmpty else {
            throw DataError(.malformed, "the listing goes on, and does not say where")
        }
        next = token
    }
}
