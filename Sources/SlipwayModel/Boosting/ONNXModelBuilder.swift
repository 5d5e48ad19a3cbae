import Foundation
import SwiftProtobuf

/// Writes the ONNX form of a model that comes in another format.
///
/// Inputs are added first: their names stand as given, and all names made later keep clear of them.
///
/// ```swift
/// var builder = ONNXModelBuilder(name: "lightgbm")
/// builder.input("input", .float64, width: 3)
/// let raw = trees.write(to: &builder, reading: "input")
/// builder.writePrediction(raw, .float64)
/// let bytes = try builder.bytes()
/// ```
struct ONNXModelBuilder {
    /// The version of the format and of the two operator sets that models are written in.
    private static let versions: (format: Int64, standard: Int64, machineLearning: Int64) = (10, 21, 5)

    private var model = ONNXModelProto()
    private var names: Set<String> = []

    /// Begins a model.
    ///
    /// - Parameter name: The name of the graph.
    init(name: String) {
        model.irVersion = Self.versions.format
        model.opsetImport = [
            .with { $0.version = Self.versions.standard },
            .with {
                $0.domain = "ai.onnx.ml"
                $0.version = Self.versions.machineLearning
            },
        ]
        model.producerName = "slipway"
        model.graph.name = name
    }

    /// Adds an input with so many values in a row.
    mutating func input(_ name: String, _ type: ElementType, width: Int) {
        names.insert(name)
        model.graph.input.append(.rows(name, type, width: width))
    }

    /// Declares a value as an output; `nil` for the width of a vector with one value per row.
    mutating func output(_ name: String, _ type: ElementType, width: Int?) {
        model.graph.output.append(.rows(name, type, width: width))
    }

    /// Adds a constant and returns its name.
    mutating func constant(_ tensor: Tensor, name: String = "constant") -> String {
        let name = fresh(name)
        model.graph.initializer.append(ONNXTensorProto(tensor, name: name))
        return name
    }

    /// Adds a single number and returns its name.
    mutating func constant(_ number: Double, in precision: BoostedTrees.Precision) -> String {
        switch precision {
        case .float32: constant(Tensor(shape: [], elements: .float32([Float(number)])))
        case .float64: constant(Tensor(shape: [], elements: .float64([number])))
        }
    }

    /// Adds a node with one output and returns the output's name.
    ///
    /// - Parameter output: The name wanted; a number follows it if it is taken, and `nil` derives it from the operator.
    @discardableResult
    mutating func node(
        _ operatorName: String, _ inputs: [String], domain: String = "", attributes: [ONNXAttributeProto] = [],
        output: String? = nil
    ) -> String {
        let output = fresh(output ?? operatorName.lowercased())
        model.graph.node.append(
            .with {
                $0.opType = operatorName
                $0.name = output
                $0.domain = domain
                $0.input = inputs
                $0.output = [output]
                $0.attribute = attributes
            })
        return output
    }

    /// Adds an entry to the metadata.
    mutating func note(_ key: String, _ value: String) {
        model.metadataProps.append(
            .with {
                $0.key = key
                $0.value = value
            })
    }

    /// The model as bytes; the same calls give the same bytes.
    ///
    /// - Throws: ``ModelError`` of kind `limitExceeded` when the format cannot hold so much.
    func bytes() throws(ModelError) -> Data {
        do {
            return try model.serializedData()
        } catch {
            throw ModelError(
                .limitExceeded, "the model is too large to be written as ONNX", hint: "Train fewer or smaller trees.")
        }
    }

    private mutating func fresh(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }
}
