import Foundation
import SlipwayData

extension ConformancePoint {
    private static let lengthHeader = "Inference-Header-Content-Length"

    /// What extensions promise.
    static let extensions = [
        ConformancePoint("binary tensors are announced by those who take them", .binary) { target in
            let answer = try await inferBinary(target)
            let isAnnounced = target.extensions.contains(Source.binary.rawValue)
            guard answer?.status == 200 else {
                return isAnnounced ? .failed("announced, but refused") : .notOffered("neither announced nor taken")
            }
            return Finding(isAnnounced, else: "taken, but not announced")
        },
        ConformancePoint("a binary request gives the answer of a JSON one", .binary) { target in
            guard let answer = try await offered(target, { try await inferBinary(target) }) else { return notAnnounced }
            return answered(answer, target)
        },
        ConformancePoint("outputs come as binary tensors when asked for", .binary) { target in
            let wanted = JSONValue.object(["binary_data_output": .boolean(true)])
            guard
                let answer = try await offered(
                    target, { try await target.infer(target.request(more: [("parameters", wanted)])) })
            else { return notAnnounced }
            guard let length = answer.header(lengthHeader).flatMap(Int.init), length <= answer.body.count else {
                return .failed("the header \(lengthHeader) is missing or wrong")
            }
            let head = try JSONValue(parsing: answer.body.prefix(length))
            let sizes = head["outputs"]?.items.map { output -> Int in
                Int(output["parameters"]?["binary_data_size"]?.asValue?.asNumber ?? -1)
            }
            return Finding(
                sizes?.reduce(0, +) == answer.body.count - length,
                else: "the sizes do not add up to the rest of the body")
        },
        ConformancePoint("a truncated binary tensor is refused", .binary) { target in
            guard let answer = try await offered(target, { try await inferBinary(target, dropping: 1) }) else {
                return notAnnounced
            }
            return Finding(problem: answer.problemAsRefusal)
        },
        ConformancePoint("bytes behind the last tensor are refused", .binary) { target in
            guard let answer = try await offered(target, { try await inferBinary(target, appending: 1) }) else {
                return notAnnounced
            }
            return Finding(problem: answer.problemAsRefusal)
        },
        ConformancePoint("a header length beyond the body is refused", .binary) { target in
            guard let answer = try await offered(target, { try await inferBinary(target, headerLength: 1 << 30) })
            else {
                return notAnnounced
            }
            return Finding(problem: answer.problemAsRefusal)
        },
        ConformancePoint("the index lists the model as ready", .repository) { target in
            let answer = try await target.send("POST", "v2/repository/index", body: Data("{}".utf8))
            guard answer.status == 200 else { return .notOffered("answered \(answer.status)") }
            let entry = answer.json?.items.first { $0["name"]?.asText == target.model }
            return Finding(entry?["state"] == "READY", else: "its state is \(entry?["state"]?.asText ?? "not there")")
        },
        ConformancePoint("loading an unknown model is refused", .repository) { target in
            guard target.extensions.contains(where: { $0.hasPrefix(Source.repository.rawValue) }) else {
                return notAnnounced
            }
            let path = "v2/repository/models/no-such-model-here/load"
            return Finding(problem: try await target.send("POST", path, body: Data("{}".utf8)).problemAsRefusal)
        },
        ConformancePoint("statistics count what was answered", .statistics) { target in
            guard target.extensions.contains(Source.statistics.rawValue) else { return notAnnounced }
            let path = "v2/models/\(target.model)/stats"
            func count() async throws -> Double {
                let answer = try await target.send("GET", path)
                return answer.json?["model_stats"]?.items.first?["inference_count"]?.asValue?.asNumber ?? -1
            }
            let before = try await count()
            _ = try await target.infer(target.request())
            let after = try await count()
            return Finding(before >= 0 && after > before, else: "the count went from \(before) to \(after)")
        },
    ]

    private static let notAnnounced = Finding.notOffered("not announced")

    /// An answer, where the server announces binary tensors.
    private static func offered(
        _ target: ConformanceTarget, _ answer: () async throws -> ConformanceAnswer?
    ) async throws -> ConformanceAnswer? {
        guard target.extensions.contains(Source.binary.rawValue) else { return nil }
        return try await answer()
    }

    /// Sends the usual request with binary tensors; `nil` for a datatype that the kit has no bytes for.
    private static func inferBinary(
        _ target: ConformanceTarget, dropping dropped: Int = 0, appending appended: Int = 0, headerLength: Int? = nil
    ) async throws -> ConformanceAnswer? {
        var tail: [UInt8] = []
        var sizes: [Int] = []
        for input in target.inputs {
            guard let bytes = input.bytes else { return nil }
            tail += bytes
            sizes.append(bytes.count)
        }
        let request = target.request { tensors in
            for index in tensors.indices {
                tensors[index] = JSONObject(tensors[index].members.filter { $0.name != "data" })
                tensors[index]["parameters"] = .object(["binary_data_size": .integer(Int64(sizes[index]))])
            }
        }
        let head = Data(request.text.utf8)
        let body = Array(head) + tail.dropLast(dropped) + Array(repeating: 0, count: appended)
        return try await target.send(
            "POST", "v2/models/\(target.model)/infer", body: Data(body),
            headers: ["Content-Type": "application/octet-stream", lengthHeader: "\(headerLength ?? head.count)"])
    }
}
