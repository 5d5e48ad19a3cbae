import HTTPTypes
import SlipwayServing

/// How long the caller of a request waits, where a header says so.
enum RequestTimeout {
    /// Seconds, such as `0.25`.
    private static let secondsName = HTTPField.Name(OpenAPIHeader.requestTimeout.name)
    /// Milliseconds, such as `250`; Envoy, and with it a service mesh, tells it to the servers behind it.
    private static let millisecondsName = HTTPField.Name("X-Envoy-Expected-Rq-Timeout-Ms")
    /// The longest that can be said, in seconds: a day.
    private static let secondsMax = 86_400.0

    /// The time that a request's headers give; `nil` where they give none.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for what is no time above zero.
    static func given(in headers: HTTPFields) throws(ServingError) -> Duration? {
        if let name = secondsName, let text = headers[name] { return try duration(text, 1, name) }
        // A mesh writes 0 where there is no limit.
        if let name = millisecondsName, let text = headers[name], text != "0" { return try duration(text, 1_000, name) }
        return nil
    }

    private static func duration(
        _ text: String, _ unitsPerSecond: Double, _ name: HTTPField.Name
    ) throws(ServingError) -> Duration {
        guard text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let count = Double(text), count > 0
        else {
            let unit = unitsPerSecond == 1 ? "seconds" : "milliseconds"
            throw ServingError(
                .malformed, "the header \(name.rawName) is no number of \(unit) above zero: '\(text.prefix(40))'",
                hint: "Write 2 or 0.25, for example, or leave it out.")
        }
        return .seconds(min(count / unitsPerSecond, secondsMax))
    }
}
