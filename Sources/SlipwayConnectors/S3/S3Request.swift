import Foundation
import FoundationNetworking
import SlipwayData

/// One request for a bucket or an object in it, before it is signed.
struct S3Request {
    var method: String
    /// The key of the object; empty for the bucket.
    var key: String
    var parameters: [String: String] = [:]
    /// Headers beside those that every request has, with names in small letters.
    var headers: [String: String] = [:]
    var body = Data()

    /// The request as it is sent.
    ///
    /// - Parameter credentials: Who asks; `nil` for what everybody may.
    /// - Throws: ``DataError`` of kind `malformed` for a key that no address holds.
    func signed(
        by credentials: S3Credentials?, for endpoint: S3Endpoint, bucket: String, at moment: Timestamp,
        patience: Duration
    ) throws(DataError) -> URLRequest {
        let place = endpoint.place(bucket: bucket, key: key)
        let query = S3Signature.query(parameters)
        let address = "\(place.scheme)://\(place.host)\(place.path)\(query.isEmpty ? "" : "?\(query)")"
        guard let url = URL(string: address), url.absoluteString == address else {
            throw DataError(.malformed, "the key '\(key)' does not fit into an address")
        }
        var request = URLRequest(url: url, timeoutInterval: patience / .seconds(1))
        request.httpMethod = method
        if !body.isEmpty { request.httpBody = body }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        guard let credentials else { return request }
        let signature = S3Signature(credentials: credentials, region: endpoint.region, at: moment)
        let payload = SHA256Digest(of: body).hex
        var signed = headers
        signed["x-amz-content-sha256"] = payload
        signed["x-amz-date"] = signature.moment
        signed["x-amz-security-token"] = credentials.sessionToken
        for (name, value) in signed { request.setValue(value, forHTTPHeaderField: name) }
        signed["host"] = place.host
        request.setValue(
            signature.authorization(
                method: method, path: place.path, query: query, headers: signed, payload: payload),
            forHTTPHeaderField: "Authorization")
        return request
    }
}
