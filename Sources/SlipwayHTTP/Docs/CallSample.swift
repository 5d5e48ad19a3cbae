import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayServing

/// A program that asks a model for a prediction, ready to be copied.
struct CallSample: Sendable {
    /// The server as its callers name it.
    struct Address: Sendable {
        /// What stands where a request names no host that could be one.
        static let unknownHost = "127.0.0.1:8080"

        let origin: String

        /// Takes the host that a request was sent to.
        init(of request: Request, isSecure: Bool) {
            self.init(host: request.head.authority ?? "", isSecure: isSecure)
        }

        /// Takes a host with its port; one with other letters than names and addresses have is not repeated.
        init(host: String, isSecure: Bool = false) {
            let isHost = !host.isEmpty && host.utf8.allSatisfy { Self.hostLetters.contains($0) }
            origin = "\(isSecure ? "https" : "http")://\(isHost ? host : Self.unknownHost)"
        }

        private static let hostLetters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]".utf8)
    }

    /// The environment variable from which the programs take their key.
    static let keyVariable = "SLIPWAY_KEY"

    /// The language, or the program that runs it.
    let language: String
    let code: String
    /// Whether a page shows it at once.
    var isShown = false

    /// The samples for one model.
    ///
    /// - Parameter record: What to send; nobody's real row.
    static func all(of model: String, _ record: JSONObject, at address: Address, asksForKeys: Bool) -> [CallSample] {
        let url = "\(address.origin)/models/\(model)/predict"
        return [
            CallSample(language: "curl", code: curl(url, record, asksForKeys), isShown: true),
            CallSample(language: "Python", code: python(url, record, asksForKeys)),
            CallSample(language: "R", code: r(url, record, asksForKeys)),
            CallSample(language: "Swift", code: swift(url, record, asksForKeys)),
        ]
    }

    private static func curl(_ url: String, _ record: JSONObject, _ asksForKeys: Bool) -> String {
        let key = asksForKeys ? "  -H \"Authorization: Bearer $\(keyVariable)\" \\\n" : ""
        let body = JSONValue.object(record).text.shellQuoted
        return """
            curl '\(url)' \\
              -H 'Content-Type: application/json' \\
            \(key)  -d \(body)
            """
    }

    private static func python(_ url: String, _ record: JSONObject, _ asksForKeys: Bool) -> String {
        let members = record.members.map {
            "    \(SampleLiteral.python.text(of: .string($0.name))): "
                + "\(SampleLiteral.python.text(of: $0.value)),\n"
        }.joined()
        let key = asksForKeys ? "        \"Authorization\": \"Bearer \" + os.environ[\"\(keyVariable)\"],\n" : ""
        return """
            import json
            \(asksForKeys ? "import os\n" : "")import urllib.request

            record = {
            \(members)}
            request = urllib.request.Request(
                "\(url)",
                data=json.dumps(record).encode(),
                headers={
                    "Content-Type": "application/json",
            \(key)    },
            )
            with urllib.request.urlopen(request) as answer:
                print(json.load(answer))
            """
    }

    private static func r(_ url: String, _ record: JSONObject, _ asksForKeys: Bool) -> String {
        let members = record.members.map {
            "  \(SampleLiteral.nameInR($0.name)) = \(SampleLiteral.r.text(of: $0.value))"
        }
        let key =
            asksForKeys
            ? "  req_headers(Authorization = paste(\"Bearer\", Sys.getenv(\"\(keyVariable)\"))) |>\n" : ""
        return """
            library(httr2)

            record <- list(
            \(members.joined(separator: ",\n"))
            )
            answer <- request("\(url)") |>
            \(key)  req_body_json(record, auto_unbox = TRUE) |>
              req_perform() |>
              resp_body_json()
            print(answer)
            """
    }

    private static func swift(_ url: String, _ record: JSONObject, _ asksForKeys: Bool) -> String {
        let members = record.members.map {
            "    \(SampleLiteral.swift.text(of: .string($0.name))): \(SampleLiteral.swift.text(of: $0.value)),\n"
        }.joined()
        let key =
            asksForKeys
            ? """
            let key = ProcessInfo.processInfo.environment["\(keyVariable)"] ?? ""
            request.setValue("Bearer \\(key)", forHTTPHeaderField: "Authorization")

            """ : ""
        return """
            import Foundation
            #if canImport(FoundationNetworking)
            import FoundationNetworking
            #endif

            let record: [String: Any] = [
            \(members)]
            var request = URLRequest(url: URL(string: "\(url)")!)
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            \(key)request.httpBody = try JSONSerialization.data(withJSONObject: record)
            let (answer, _) = try await URLSession.shared.data(for: request)
            print(String(decoding: answer, as: UTF8.self))
            """
    }
}
