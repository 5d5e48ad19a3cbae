import SlipwayData

extension ConformancePoint {
    /// Requests that are answered.
    static let inference = [
        ConformancePoint("a request with flat data is answered") { target in
            answered(try await target.infer(target.request()), target)
        },
        ConformancePoint("every output has as many elements as its shape says") { target in
            let answer = try await target.infer(target.request())
            for output in answer.json?["outputs"]?.items ?? [] {
                let sizes = output["shape"]?.items.map { Int($0.asValue?.asNumber ?? -1) } ?? []
                let count = elementCount(of: output["data"] ?? .null)
                guard sizes.reduce(1, *) == count else {
                    return .failed("'\(output["name"]?.asText ?? "?")' has shape \(sizes) and \(count) elements")
                }
            }
            return answered(answer, target)
        },
        ConformancePoint("the id of a request comes back") { target in
            let answer = try await target.infer(target.request(more: [("id", "conformance 1")]))
            return Finding(
                answer.json?["id"] == "conformance 1", else: "answered the id \(answer.json?["id"]?.asText ?? "none")")
        },
        ConformancePoint("nested data gives the answer of flat data") { target in
            let flat = try await target.infer(target.request())
            let answer = try await target.infer(
                target.request { tensors in
                    for (index, input) in target.inputs.enumerated() {
                        tensors[index]["data"] = nested(input.elements[...], input.shape[...])
                    }
                })
            guard answer.status == 200 else { return .failed("answered \(answer.status)") }
            return Finding(
                answer.json?["outputs"] == flat.json?["outputs"], else: "the outputs differ")
        },
        ConformancePoint("only the outputs asked for are answered") { target in
            guard let name = target.outputs.last else { return .notOffered("the model lists no outputs") }
            let wanted = JSONValue.array([.object(["name": .string(name)])])
            let answer = try await target.infer(target.request(more: [("outputs", wanted)]))
            let names = answer.json?["outputs"]?.items.compactMap { $0["name"]?.asText }
            return Finding(
                names == [name], else: "asked for \(name), got \(names?.joined(separator: ", ") ?? "nothing")")
        },
        ConformancePoint("the version may stand in the path of a request", .convention) { target in
            guard let version = target.version else { return .notOffered("the metadata lists no versions") }
            return answered(try await target.infer(target.request(), version: version), target)
        },
        ConformancePoint("an answer is strict JSON, whatever its numbers are", .convention) { target in
            let answer = try await target.infer(
                target.request { tensors in
                    for (index, input) in target.inputs.enumerated() where input.datatype.hasPrefix("FP") {
                        tensors[index]["data"] = .array(input.elements.map { _ in .null })
                    }
                })
            guard answer.status < 500 else { return .failed("null for a number was answered \(answer.status)") }
            return Finding(answer.json != nil, else: "the body is no JSON; a bare NaN, perhaps")
        },
    ]

    /// Passed when an answer is one for the model, with all its outputs.
    static func answered(_ answer: ConformanceAnswer, _ target: ConformanceTarget) -> Finding {
        guard answer.status == 200 else {
            return .failed("answered \(answer.status): \(answer.json?["error"]?.asText ?? "no reason")")
        }
        guard answer.json?["model_name"]?.asText == target.model else {
            return .failed("model_name is not \(target.model)")
        }
        let names = Set(answer.json?["outputs"]?.items.compactMap { $0["name"]?.asText } ?? [])
        let missing = target.outputs.filter { !names.contains($0) }
        return Finding(missing.isEmpty, else: "the outputs \(missing.joined(separator: ", ")) are missing")
    }

    private static func nested(_ elements: ArraySlice<JSONValue>, _ shape: ArraySlice<Int>) -> JSONValue {
        guard let size = shape.first else { return elements.first ?? .null }
        let part = elements.count / size
        return .array(
            (0..<size).map { index in
                nested(elements.dropFirst(index * part).prefix(part), shape.dropFirst())
            })
    }

    private static func elementCount(of data: JSONValue) -> Int {
        guard case .array(let items) = data else { return 1 }
        return items.reduce(0) { $0 + elementCount(of: $1) }
    }
}
