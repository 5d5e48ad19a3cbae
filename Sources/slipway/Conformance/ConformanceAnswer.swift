import Foundation
import SlipwayData

/// What a server under test answered.
struct ConformanceAnswer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: Data

    /// The body as strict JSON; `nil` when it is none.
    var json: JSONValue? { try? JSONValue(parsing: body) }

    /// A header by its name in any case.
    func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name.lowercased() }?.value }

    /// Whether the answer refuses the request as its sender's fault, in the shape `{"error":"…"}`.
    var problemAsRefusal: String? {
        guard (400..<500).contains(status) else { return "answered \(status), not 4xx" }
        guard case .string(let text)? = json?["error"], !text.isEmpty else {
            return "answered \(status) without {\"error\": \"…\"}"
        }
        return nil
    }
}
