import Foundation
import SlipwayData

extension ConformancePoint {
    /// Requests that are refused, and how.
    static let refusals = [
        ConformancePoint("an unknown model is refused in the protocol's shape") { target in
            Finding(problem: try await target.send("GET", "v2/models/no-such-model-here").problemAsRefusal)
        },
        ConformancePoint("an unknown model is answered 404", .convention) { target in
            try await status(404, target, "v2/models/no-such-model-here")
        },
        ConformancePoint("an unknown version is refused", .convention) { target in
            guard target.version != nil else { return .notOffered("the metadata lists no versions") }
            return Finding(problem: try await target.infer(target.request(), version: "987654").problemAsRefusal)
        },
        ConformancePoint("a body that is no JSON is refused") { target in
            let path = "v2/models/\(target.model)/infer"
            return Finding(
                problem: try await target.send("POST", path, body: Data("{\"inputs\": [".utf8)).problemAsRefusal)
        },
        ConformancePoint("a request without inputs is refused") { target in
            Finding(problem: try await target.infer(.object([:])).problemAsRefusal)
        },
        ConformancePoint("an input that the model does not have is refused") { target in
            Finding(
                problem: try await target.infer(target.request { $0[0]["name"] = "no such input" }).problemAsRefusal)
        },
        ConformancePoint("data that does not fill its shape is refused") { target in
            Finding(problem: try await target.infer(target.request { $0[0]["data"] = .array([]) }).problemAsRefusal)
        },
        ConformancePoint("a shape of negative sizes is refused") { target in
            let request = target.request { $0[0]["shape"] = .array([.integer(-1), .integer(-1)]) }
            return Finding(problem: try await target.infer(request).problemAsRefusal)
        },
        ConformancePoint("a shape that no memory holds is refused") { target in
            let request = target.request {
                $0[0]["shape"] = .array([.integer(1 << 40), .integer(1 << 40)])
                $0[0]["data"] = .array([])
            }
            return Finding(problem: try await target.infer(request).problemAsRefusal)
        },
        ConformancePoint("an unknown datatype is refused") { target in
            Finding(problem: try await target.infer(target.request { $0[0]["datatype"] = "FP23" }).problemAsRefusal)
        },
        ConformancePoint("an output that the model does not have is refused", .convention) { target in
            let wanted = JSONValue.array([.object(["name": "no such output"])])
            return Finding(
                problem: try await target.infer(target.request(more: [("outputs", wanted)])).problemAsRefusal)
        },
        ConformancePoint("a GET where a POST belongs is answered 405", .convention) { target in
            try await status(405, target, "v2/models/\(target.model)/infer")
        },
        ConformancePoint("the server answers as before after all refusals") { target in
            answered(try await target.infer(target.request()), target)
        },
    ]
}
