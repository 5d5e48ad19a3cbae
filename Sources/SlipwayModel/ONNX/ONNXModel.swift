public import Foundation
import SwiftProtobuf

/// An ONNX file, parsed but not yet checked.
///
/// ```swift
/// let graph = try ONNXModel(contentsOf: "churn.onnx").graph()
/// ```
public struct ONNXModel: Sendable {
    /// The file's bytes.
    public let bytes: Data
    /// The limits that the model was read under.
    public let limits: ONNXLimits
    let message: ONNXModelProto

    /// Parses bytes; no rule of the format beyond its encoding is checked.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` for bytes that are no ONNX message, `limitExceeded` when they
    ///   are too many.
    /// - Complexity: O(bytes).
    public init(bytes: Data, limits: ONNXLimits = .default) throws(ModelError) {
        guard bytes.count <= limits.byteCount else {
            throw ModelError(
                .limitExceeded, "The model has \(bytes.count) bytes; the limit is \(limits.byteCount).",
                hint: "Split the model, or raise the limit.")
        }
        let messages = MessageCount(of: bytes, limit: limits.messageCount, depthLimit: limits.messageDepth)
        guard !messages.isOverLimit else {
            throw ModelError(
                .limitExceeded, "The model has more than \(limits.messageCount) nodes, attributes, and constants.",
                hint: "Simplify the model, or raise the limit.")
        }
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = limits.messageDepth
        do {
            message = try ONNXModelProto(serializedBytes: PackedNumbers(of: bytes).bytes, options: options)
        } catch {
            throw ONNXModel.malformed(error, limits: limits)
        }
        guard message.hasGraph else {
            throw ModelError(
                .malformedModel, "The bytes hold no ONNX graph.", hint: "Give a file that an ONNX exporter wrote.")
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// Reads and parses a file.
    ///
    /// - Throws: ``ModelError`` of kind `unreadable` when the file cannot be read; otherwise as ``init(bytes:limits:)``.
    public init(contentsOf path: String, limits: ONNXLimits = .default) throws(ModelError) {
        try self.init(bytes: ONNXModel.read(path, limits: limits), limits: limits)
    }

    /// All that is wrong or noteworthy, in the order of the file; at most 100 findings.
    ///
    /// - Complexity: O(bytes); all constants are decoded.
    public func diagnostics() -> [Diagnostic] {
        var reader = GraphReader(self)
        _ = reader.read()
        return reader.diagnostics
    }

    /// Checks every rule and converts the model.
    ///
    /// - Throws: ``ModelError`` of the kind of the first error; its message lists all.
    /// - Complexity: O(bytes).
    public func graph() throws(ModelError) -> Graph {
        var reader = GraphReader(self)
        let graph = reader.read()
        let errors = reader.diagnostics.filter { $0.severity == .error }
        if let first = errors.first {
            let others = errors.dropFirst().map(\.message)
            let message = others.isEmpty ? first.message : "\(first.message) Also: \(others.joined(separator: " "))"
            throw ModelError(
                first.kind, message, hint: "Export the model again, or check it with its exporter's tools.")
        }
        return graph
    }

    private static func read(_ path: String, limits: ONNXLimits) throws(ModelError) -> Data {
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            if size <= limits.byteCount { return try Data(contentsOf: URL(fileURLWithPath: path)) }
            throw ModelError(
                .limitExceeded, "The model '\(path)' has \(size) bytes; the limit is \(limits.byteCount).",
                hint: "Split the model, or raise the limit.")
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError(
                .unreadable, "The model '\(path)' cannot be read.", hint: "Check the path and its permissions.")
        }
    }

    private static func malformed(_ error: any Error, limits: ONNXLimits) -> ModelError {
        let cause =
            switch error as? BinaryDecodingError {
            case .truncated: "they end too early"
            case .messageDepthLimit: "messages lie more than \(limits.messageDepth) deep"
            case .invalidUTF8: "a text is not UTF-8"
            default: "their encoding is broken"
            }
        return ModelError(
            .malformedModel, "The bytes are not an ONNX model: \(cause).",
            hint: "Give a complete file that an ONNX exporter wrote.")
    }
}
