package import SlipwayData
import SlipwayModel

extension InferenceRequest {
    /// The rows of the tensors as cells in the order of the signature's fields.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for tensors that are not the graph's, `signatureMismatch` for
    ///   values that do not fit.
    package func rows(for served: ServedModel) throws(ServingError) -> [[Value]] {
        var tensors: [String: InferenceTensor] = [:]
        for input in inputs {
            guard tensors.updateValue(input, forKey: input.name) == nil else {
                throw ServingError(.malformed, "input '\(input.name)' is given twice", field: input.name)
            }
        }
        guard let first = inputs.first else {
            throw ServingError(.malformed, "'inputs' must be a list of tensors", field: "inputs")
        }
        let signature = served.model.signature
        let rowCount = first.shape.first ?? 0
        guard rowCount > 0 else { throw ServingError(.malformed, "the inputs hold no row to predict") }
        try served.checkRowCount(rowCount, "rows")
        for graphInput in served.graphInputs {
            guard let tensor = tensors.removeValue(forKey: graphInput.name) else {
                throw ServingError(
                    .malformed, "input '\(graphInput.name)' is missing",
                    hint: "The model reads \(served.graphInputs.map(\.name).joined(separator: ", ")).",
                    field: graphInput.name)
            }
            let width = signature.inputs.count { $0.slot.input == graphInput.name }
            try tensor.check(rows: rowCount, width: width, against: graphInput)
        }
        if let unknown = tensors.keys.min() {
            throw ServingError(
                .malformed, "the model has no input '\(unknown)'",
                hint: "Its inputs are \(served.graphInputs.map(\.name).joined(separator: ", ")).", field: unknown)
        }
        try checkOutputs(of: served)
        return try cells(rowCount: rowCount, signature: signature)
    }

    /// Outputs that the model does not have, and repeated ones, are refused before anything is predicted and logged.
    private func checkOutputs(of served: ServedModel) throws(ServingError) {
        let known = served.model.signature.outputs.map(\.name)
        var seen: Set<String> = []
        for name in outputs ?? [] {
            guard known.contains(name) else {
                throw ServingError(
                    .malformed, "the model has no output '\(name.prefix(80))'",
                    hint: "Its outputs are \(known.joined(separator: ", ")).", field: name)
            }
            guard seen.insert(name).inserted else {
                throw ServingError(.malformed, "output '\(name.prefix(80))' is asked for twice", field: name)
            }
        }
    }

    private func cells(rowCount: Int, signature: Signature) throws(ServingError) -> [[Value]] {
        let data = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0) })
        var rows: [[Value]] = []
        rows.reserveCapacity(rowCount)
        for row in 0..<rowCount {
            var cells: [Value] = []
            cells.reserveCapacity(signature.inputs.count)
            for field in signature.inputs {
                guard let input = data[field.slot.input] else { continue }
                let width = input.cells.count / rowCount
                do {
                    cells.append(try field.checked(input.cells[row * width + field.slot.index]))
                } catch {
                    throw ServingError(error)
                }
            }
            rows.append(cells)
        }
        return rows
    }
}

extension InferenceTensor {
    fileprivate func check(rows: Int, width: Int, against graphInput: GraphValue) throws(ServingError) {
        let declared = [rows] + (graphInput.rowShape(width: width) ?? [width])
        guard shape == declared || shape == [rows, width] || width == 1 && shape == [rows] else {
            throw ServingError(
                .malformed, "input '\(name)' has shape \(shape), but the model reads \(declared)", field: name)
        }
        guard (datatype == .string) == (graphInput.type.elementType == .string) else {
            throw ServingError(
                .malformed,
                "input '\(name)' is \(datatype.protocolName), but the model reads "
                    + "\(graphInput.type.elementType.protocolName)", field: name)
        }
    }
}
