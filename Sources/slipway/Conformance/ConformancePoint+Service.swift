import Foundation
import SlipwayData

extension ConformancePoint {
    private static let datatypes: Set = [
        "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32",
        "FP64",
        "BYTES",
    ]

    /// Health and descriptions.
    static let service = [
        ConformancePoint("GET v2/health/live answers 200") { target in
            try await status(200, target, "v2/health/live")
        },
        ConformancePoint("GET v2/health/ready answers 200") { target in
            try await status(200, target, "v2/health/ready")
        },
        ConformancePoint("a health answer is empty or a JSON object") { target in
            let answer = try await target.send("GET", "v2/health/ready")
            if case .object? = answer.json { return .passed }
            return Finding(answer.body.isEmpty, else: "the body is neither")
        },
        ConformancePoint("a health answer says so in JSON", .convention) { target in
            let answer = try await target.send("GET", "v2/health/live")
            return Finding(answer.json?["live"] == .boolean(true), else: "the body is not {\"live\": true}")
        },
        ConformancePoint("GET v2 names the server, its version and its extensions") { target in
            let answer = try await target.send("GET", "v2")
            guard let json = answer.json, json["name"]?.asText != nil, json["version"]?.asText != nil else {
                return .failed("answered \(answer.status) without name or version")
            }
            return Finding(json["extensions"] != nil, else: "there is no list of extensions")
        },
        ConformancePoint("the metadata of a model has name, platform, inputs and outputs") { target in
            let metadata = target.metadata
            guard metadata["name"]?.asText == target.model, metadata["platform"]?.asText != nil else {
                return .failed("the name or the platform is missing")
            }
            return Finding(!target.inputs.isEmpty && !target.outputs.isEmpty, else: "it lists no inputs or no outputs")
        },
        ConformancePoint("datatypes and shapes of the metadata are those of the protocol") { target in
            for side in ["inputs", "outputs"] {
                for tensor in target.metadata[side]?.items ?? [] {
                    let name = tensor["name"]?.asText ?? "?"
                    guard datatypes.contains(tensor["datatype"]?.asText ?? "") else {
                        return .failed("'\(name)' has the datatype \(tensor["datatype"]?.asText ?? "none")")
                    }
                    let shape = tensor["shape"]?.items ?? []
                    let isShape = shape.allSatisfy { size in
                        if case .integer(let size) = size { size >= -1 } else { false }
                    }
                    guard tensor["shape"] != nil, isShape else {
                        return .failed("'\(name)' has no shape of whole numbers")
                    }
                }
            }
            return .passed
        },
        ConformancePoint("GET v2/models/{m}/ready answers 200") { target in
            try await status(200, target, "v2/models/\(target.model)/ready")
        },
        ConformancePoint("the version may stand in the path") { target in
            guard let version = target.version else { return .notOffered("the metadata lists no versions") }
            return try await status(200, target, "v2/models/\(target.model)/versions/\(version)")
        },
    ]

    /// Passed when a path answers a GET with a status.
    static func status(_ status: Int, _ target: ConformanceTarget, _ path: String) async throws -> Finding {
        let answer = try await target.send("GET", path)
        return Finding(answer.status == status, else: "GET \(path) answered \(answer.status)")
    }
}
