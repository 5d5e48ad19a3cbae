import ArgumentParser
import Foundation
import SlipwayData
import SlipwayLoad
import SlipwayModel

/// The model that a load test asks for predictions, as its server describes it.
struct LoadTestSubject: Sendable {
    /// The protocols that a load test speaks.
    enum Face: String, CaseIterable, ExpressibleByArgument {
        /// Slipway's own: named fields at `/models/{m}/predict`.
        case rest
        /// The Open Inference Protocol over HTTP, which other servers speak too.
        case oip
    }

    /// An input of the Open Inference Protocol.
    struct TensorInput: Sendable, Equatable {
        var name: String
        var datatype: String
        /// The dimensions behind the first one, which counts rows.
        var rest: [Int]
    }

    let model: String
    let face: Face
    /// The fields, their ranges and categories; `nil` for a server that does not tell them.
    let signature: Signature?
    /// The field by which features are looked up; `nil` where none are, or the server does not tell.
    let lookUpKey: String?
    /// The inputs as tensors; empty where none are sent.
    let tensors: [TensorInput]

    /// The path of predictions.
    var path: String {
        let name = model.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.subtracting(["/"])) ?? model
        return face == .rest ? "/models/\(name)/predict" : "/v2/models/\(name)/infer"
    }

    /// Asks a server about a model.
    ///
    /// - Parameter needsFields: Whether the rows are to be made up.
    /// - Throws: ``LoadError`` when it does not answer, or does not know the model.
    init(_ client: LoadClient, model: String, face: Face, needsFields: Bool) async throws {
        self.model = model
        self.face = face
        let described = try await client.ask("/models/\(model)")
        signature = described.status == 200 ? Self.signature(in: described.body) : nil
        let json = try? JSONValue(parsing: described.body)
        lookUpKey = json?["feature_view"] == nil ? nil : json?["key"]?.asText
        guard face == .oip else {
            tensors = []
            guard signature != nil || !needsFields else {
                throw Self.refused(
                    "the server answers \(described.status) when asked what '\(model)' is", described.body)
            }
            return
        }
        let metadata = try await client.ask("/v2/models/\(model)")
        guard metadata.status == 200, let json = try? JSONValue(parsing: metadata.body) else {
            throw Self.refused(
                "the server answers \(metadata.status) when asked for the metadata of '\(model)'", metadata.body)
        }
        tensors = (json["inputs"]?.items ?? []).compactMap(TensorInput.init)
    }

    /// Describes a model by hand.
    init(model: String, face: Face, signature: Signature?, tensors: [TensorInput] = [], lookUpKey: String? = nil) {
        (self.model, self.face, self.signature, self.tensors) = (model, face, signature, tensors)
        self.lookUpKey = lookUpKey
    }

    /// Sends the first request alone, so that a test of nothing but refusals is not begun.
    ///
    /// - Throws: ``LoadError`` with what the server says.
    func probe(_ client: LoadClient, _ requests: LoadRequests) async throws {
        let answer = try await client.ask(requests.messages[0].path, posting: requests.messages[0].body)
        guard answer.status == 200, requests.areAnswered(by: answer.body) else {
            throw Self.refused("the server answers the first request with \(answer.status)", answer.body)
        }
    }

    private static func signature(in body: [UInt8]) -> Signature? {
        guard let json = (try? JSONValue(parsing: body))?["signature"] else { return nil }
        return try? JSONDecoder().decode(Signature.self, from: Data(json.text.utf8))
    }

    private static func refused(_ message: String, _ body: [UInt8]) -> LoadError {
        let said = String(decoding: body.prefix(300), as: UTF8.self).filter { !$0.isNewline }
        return LoadError(.refused, "\(message): \(said)")
    }
}

extension LoadTestSubject.TensorInput {
    /// Reads an input from metadata; `nil` for what is none.
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.asText, let datatype = json["datatype"]?.asText else { return nil }
        let sizes = json["shape"]?.items.dropFirst().map { Int(exactly: $0.asValue?.asNumber ?? 1) ?? 1 } ?? []
        self.init(name: name, datatype: datatype, rest: sizes.map { min(max($0, 1), 1_000_000) })
    }
}
