import SlipwayData
import SlipwayServing

/// A JSON body of MLflow's scoring protocol, as records of named fields.
///
/// Source: MLflow's scoring server, version 3: `dataframe_split`, `dataframe_records`, `instances`, or `inputs`.
struct MLflowRequest {
    /// The forms of rows; a body has exactly one.
    enum Form: String, CaseIterable {
        case split = "dataframe_split"
        case records = "dataframe_records"
        case instances
        case inputs
    }

    /// One record per row.
    let records: [JSONObject]

    /// Reads a body.
    ///
    /// - Parameter fields: The model's fields in order, for rows that come without names.
    /// - Throws: ``ServingError`` of kind `malformed`.
    init(_ body: JSONValue, fields: [String]) throws(ServingError) {
        guard case .object(let members) = body else {
            throw ServingError(
                .malformed, "the body is \(body.kindPhrase), not an object", hint: Self.hint)
        }
        let forms = Form.allCases.filter { members[$0.rawValue] != nil }
        guard let form = forms.first, forms.count == 1, let rows = members[form.rawValue] else {
            throw ServingError(
                .malformed, "the body must have exactly one of \(Self.names), and has \(forms.count)", hint: Self.hint)
        }
        for (name, _) in members.members where name != form.rawValue && name != "params" {
            throw ServingError(
                .malformed, "'\(name.prefix(80))' stands beside '\(form.rawValue)'", hint: Self.hint, field: name)
        }
        records =
            switch form {
            case .split: try Self.split(rows, fields)
            case .records: try NamedRows.records(of: rows, in: form.rawValue)
            case .instances: try NamedRows.rows(of: rows, in: form.rawValue, fields: fields)
            case .inputs: try NamedRows.columns(of: rows, in: form.rawValue, fields: fields)
            }
    }

    private static let names = Form.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    private static let hint = #"Write {"dataframe_split": {"columns": […], "data": [[…]]}}, for one."#

    private static func split(_ json: JSONValue, _ fields: [String]) throws(ServingError) -> [JSONObject] {
        guard case .object(let split) = json else {
            throw ServingError(.malformed, "'dataframe_split' is \(json.kindPhrase), not an object", hint: hint)
        }
        for (name, _) in split.members where !["columns", "index", "data"].contains(name) {
            throw ServingError(.malformed, "'dataframe_split' has no '\(name.prefix(80))'", hint: hint, field: name)
        }
        var columns = fields
        if let given = split["columns"] {
            guard case .array(let items) = given else {
                throw ServingError(.malformed, "'columns' is \(given.kindPhrase), not a list", field: "columns")
            }
            columns = []
            var seen: Set<String> = []
            for item in items {
                guard case .string(let name) = item, seen.insert(name).inserted else {
                    throw ServingError(.malformed, "'columns' must hold names, each once", field: "columns")
                }
                columns.append(name)
            }
        }
        guard case .array(let rows)? = split["data"] else {
            throw ServingError(.malformed, "'dataframe_split' has no list 'data'", hint: hint, field: "data")
        }
        var records: [JSONObject] = []
        records.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            records.append(try NamedRows.record(row, columns, "row \(index + 1) of 'data'"))
        }
        return records
    }
}
