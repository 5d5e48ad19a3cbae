import SlipwayData
import SlipwayModel

/// Writes rows as the bodies of requests, in the protocol of a load test.
struct LoadTestBodies {
    /// The most elements of one request.
    static let elementCountMax = 10_000_000

    let subject: LoadTestSubject
    /// The rows of each request.
    let batch: Int

    /// The requests for rows; each row is sent as often as the others.
    ///
    /// - Throws: ``DataError`` for rows that lack an input of the model.
    func requests(for rows: LoadTestRows) throws(DataError) -> (path: String, bodies: [[UInt8]]) {
        guard !rows.records.isEmpty else { return (subject.path, try madeUp()) }
        let count = max(1, (rows.records.count + batch - 1) / batch)
        var bodies: [[UInt8]] = []
        for call in 0..<count {
            let records = (0..<batch).map { rows.records[(call * batch + $0) % rows.records.count] }
            bodies.append(bytes(subject.face == .rest ? Self.named(records) : try tensors(of: records)))
        }
        return (subject.path, bodies)
    }

    private func bytes(_ json: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        json.write(into: &bytes)
        return bytes
    }

    private static func named(_ records: [JSONObject]) -> JSONValue {
        records.count == 1 ? .object(records[0]) : .array(records.map(JSONValue.object))
    }

    // MARK: - Tensors

    /// Puts the cells of rows where the signature says; where there is none, under the inputs of their names, and under
    /// a wide input those of its name and a number, as signatures call them.
    private func tensors(of records: [JSONObject]) throws(DataError) -> JSONValue {
        var inputs: [JSONValue] = []
        for tensor in subject.tensors {
            let fields = self.fields(of: tensor)
            var data: [JSONValue] = []
            for record in records {
                for field in fields {
                    guard let cell = record[field.name] ?? field.substitute.map({ JSONValue($0) }) else {
                        throw DataError(
                            .missingColumn, "the rows lack '\(field.name)', which the input '\(tensor.name)' holds")
                    }
                    data.append(Self.element(cell, of: tensor.datatype))
                }
            }
            inputs.append(json(tensor, width: fields.count, data))
        }
        return .object(["inputs": .array(inputs)])
    }

    private func fields(of tensor: LoadTestSubject.TensorInput) -> [(name: String, substitute: Value?)] {
        guard let signature = subject.signature else {
            let width = tensor.rest.reduce(1) { min($0 * $1, Self.elementCountMax) }
            return width == 1 ? [(tensor.name, nil)] : (0..<width).map { ("\(tensor.name)_\($0)", nil) }
        }
        let fields = signature.inputs.filter { $0.slot.input == tensor.name }.sorted { $0.slot.index < $1.slot.index }
        return fields.map { ($0.name, $0.defaultValue) }
    }

    private func json(_ tensor: LoadTestSubject.TensorInput, width: Int, _ data: [JSONValue]) -> JSONValue {
        let sizes = [batch] + (tensor.rest.isEmpty && width == 1 ? [] : [width])
        return .object([
            "name": .string(tensor.name), "datatype": .string(tensor.datatype),
            "shape": .array(sizes.map { .integer(Int64($0)) }), "data": .array(data),
        ])
    }

    /// A cell as an element: whole numbers where the datatype is one of them.
    private static func element(_ cell: JSONValue, of datatype: String) -> JSONValue {
        guard datatype.contains("INT"), let number = cell.asValue?.asNumber, let whole = Int64(exactly: number) else {
            return cell
        }
        return .integer(whole)
    }

    /// Requests with elements drawn at random: numbers between 0 and 1, whole ones from 0 to 9, a few words.
    private func madeUp() throws(DataError) -> [[UInt8]] {
        var random = SplitMix64(seed: RandomRows.seed)
        let width = subject.tensors.reduce(0) { $0 + $1.rest.reduce(1) { min($0 * $1, Self.elementCountMax) } }
        guard width > 0, batch <= Self.elementCountMax / width else {
            throw DataError(.limitExceeded, "a request of \(batch) rows is too large for the inputs of the model")
        }
        let count = max(1, min(LoadTestRows.countMax / batch, Self.elementCountMax / (width * batch)))
        return (0..<count).map { _ in
            let inputs = subject.tensors.map { tensor in
                let width = tensor.rest.reduce(1, *)
                let data = (0..<batch * width).map { _ in Self.element(of: tensor.datatype, from: &random) }
                let sizes = [batch] + tensor.rest
                return JSONValue.object([
                    "name": .string(tensor.name), "datatype": .string(tensor.datatype),
                    "shape": .array(sizes.map { .integer(Int64($0)) }), "data": .array(data),
                ])
            }
            return bytes(.object(["inputs": .array(inputs)]))
        }
    }

    private static func element(of datatype: String, from random: inout SplitMix64) -> JSONValue {
        switch datatype {
        case "BYTES": .string("word \(random.next() % 10)")
        case "BOOL": .boolean(random.next() % 2 == 0)
        case "FP16", "FP32", "FP64", "BF16": .number(Double(random.next() % 10_000) / 10_000)
        default: .integer(Int64(random.next() % 10))
        }
    }
}
