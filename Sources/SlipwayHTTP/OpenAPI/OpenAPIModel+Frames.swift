import SlipwayData
import SlipwayModel
import SlipwayServing

/// The operations of MLflow and TensorFlow Serving, which send frames of rows or columns.
extension OpenAPIModel {
    /// MLflow's `/invocations` with this model.
    var invoke: OpenAPIOperation {
        Self.invocation(
            OpenAPISchema.either(frames), example: exampleFrame, csv: exampleCSV,
            refusals: served.lookUpKey == nil ? [] : .features)
    }

    /// MLflow's `/invocations` with the only model, or with the one that the query names.
    static func invoke(_ models: [OpenAPIModel]) -> OpenAPIOperation {
        var operation = invocation(
            OpenAPISchema.either(models.flatMap(\.frames)), example: models.first?.exampleFrame,
            csv: models.first?.exampleCSV, refusals: .features)
        var model = OpenAPIParameter(
            name: MLflowRoutes.parameter, place: .query,
            schema: models.isEmpty ? OpenAPISchema.text : OpenAPISchema.oneOf(models.map(\.name)),
            description: "The name of the model, where more than one is served.")
        model.isRequired = models.count > 1
        model.example = models.first.map { .string($0.name) }
        operation.parameters = [model]
        return operation
    }

    /// TensorFlow Serving's `:predict`, by rows or by columns.
    var predictTensorFlow: OpenAPIOperation {
        let name: JSONObject = ["type": "string", "enum": .array(["", "serving_default"])]
        let byRow = OpenAPISchema.object(
            ["signature_name": name, "instances": rowList], required: ["instances"], isClosed: true)
        let byColumn = OpenAPISchema.object(
            ["signature_name": name, "inputs": columns], required: ["inputs"], isClosed: true)
        return OpenAPIOperation(
            bodies: [
                OpenAPIContent(
                    OpenAPISchema.either([byRow, byColumn]),
                    example: .object(["instances": .array([.object(exampleRecord)])]))
            ],
            answers: [
                OpenAPIContent(
                    OpenAPISchema.either([
                        OpenAPISchema.object(["predictions": ["type": "array"]], isClosed: true),
                        OpenAPISchema.object(["outputs": Self.anything], isClosed: true),
                    ]))
            ], refusals: served.lookUpKey == nil ? [] : .features)
    }

    /// Whether TensorFlow Serving would serve the model.
    static let statusTensorFlow = OpenAPIOperation.giving(
        OpenAPISchema.object(
            [
                "model_version_status": OpenAPISchema.list(
                    of: OpenAPISchema.object(
                        ["version": OpenAPISchema.text, "state": OpenAPISchema.text, "status": ["type": "object"]]))
            ], isClosed: true))

    /// The fields and outputs of a model.
    static let metadataTensorFlow = OpenAPIOperation.giving(
        OpenAPISchema.object(["model_spec": ["type": "object"], "metadata": ["type": "object"]], isClosed: true))

    private static func invocation(
        _ schema: JSONObject, example: JSONValue?, csv: String?, refusals: OpenAPIRefusals
    ) -> OpenAPIOperation {
        OpenAPIOperation(
            bodies: [
                OpenAPIContent(schema, example: example), OpenAPIContent(text: "text/csv", example: csv),
                OpenAPIContent(
                    bytes: MLflowRoutes.parquetTypes[0],
                    "A Parquet file with a column per field, where the server takes such files."),
            ],
            answers: [
                OpenAPIContent(
                    OpenAPISchema.object(
                        [
                            "predictions": ["type": "array"],
                            "prediction_ids": OpenAPISchema.list(of: OpenAPISchema.text),
                        ], isClosed: true))
            ], refusals: refusals)
    }

    /// The four forms of a frame, of which a body has one.
    private var frames: [JSONObject] {
        let names = OpenAPISchema.list(of: OpenAPISchema.text)
        let split = OpenAPISchema.object(
            [
                "columns": names, "index": ["type": "array"],
                "data": OpenAPISchema.list(of: OpenAPISchema.list(of: OpenAPISchema.cell), minimum: 1),
            ], required: ["data"], isClosed: true)
        let forms: [(MLflowRequest.Form, JSONObject)] = [
            (.split, split), (.records, OpenAPISchema.list(of: reference(to: "record"), minimum: 1)),
            (.instances, rowList), (.inputs, columns),
        ]
        return forms.map { form, schema in
            OpenAPISchema.object(
                [(form.rawValue, schema), ("params", Self.anything)], required: [form.rawValue], isClosed: true)
        }
    }

    /// Rows as objects, as lists of cells in the order of the fields, or as cells of a model of one field.
    private var rowList: JSONObject {
        let fields = signature.inputs.map(Self.schema)
        let cells: JSONObject = [
            "type": "array", "prefixItems": .array(fields.map(JSONValue.object)),
            "minItems": .integer(Int64(fields.count)), "maxItems": .integer(Int64(fields.count)),
        ]
        let row = OpenAPISchema.either([reference(to: "record"), cells] + (fields.count == 1 ? fields : []))
        return OpenAPISchema.list(of: row, minimum: 1, maximum: served.rowCountMax)
    }

    /// Columns by name, all of one length, each cell alone or in a list of its own; or rows.
    private var columns: JSONObject {
        let columns = signature.inputs.map { field in
            (name: field.name, schema: OpenAPISchema.either([["type": "array"], Self.schema(of: field)]))
        }
        var named = OpenAPISchema.object(columns, required: [])
        named["minProperties"] = .integer(1)
        return OpenAPISchema.either([named, rowList])
    }

    private var exampleFrame: JSONValue {
        let record = exampleRecord.members
        return .object([
            MLflowRequest.Form.split.rawValue: .object([
                "columns": .array(record.map { .string($0.name) }), "data": .array([.array(record.map(\.value))]),
            ])
        ])
    }

    private var exampleCSV: String {
        var columns: [Column] = []
        for (field, cell) in zip(signature.inputs, signature.exampleRow) {
            var builder = ColumnBuilder(name: field.name, type: field.type)
            try? builder.append(cell)
            columns.append(builder.finish())
        }
        return (try? Table(columns: columns)).map { String(decoding: CSVWriter.bytes(of: $0), as: UTF8.self) } ?? ""
    }

    /// What no schema says more of.
    private static let anything = JSONObject()
}
