import SlipwayData
import SlipwayServing

/// Reads rows in the forms in which other protocols send them, as records of named fields.
enum NamedRows {
    /// A list of objects.
    static func records(of json: JSONValue, in name: String) throws(ServingError) -> [JSONObject] {
        var records: [JSONObject] = []
        for (index, item) in try list(json, name).enumerated() {
            guard case .object(let record) = item else {
                throw ServingError(
                    .malformed, "entry \(index + 1) of '\(name)' is \(item.kindPhrase), not an object", field: name)
            }
            records.append(record)
        }
        return records
    }

    /// A list of rows, each an object, a list of cells in the order of the fields, or one cell of a model of one field.
    static func rows(of json: JSONValue, in name: String, fields: [String]) throws(ServingError) -> [JSONObject] {
        var records: [JSONObject] = []
        for (index, item) in try list(json, name).enumerated() {
            if case .object(let record) = item {
                records.append(record)
            } else {
                let isCell = item.asValue != nil && fields.count == 1
                records.append(
                    try record(isCell ? .array([item]) : item, fields, "entry \(index + 1) of '\(name)'"))
            }
        }
        return records
    }

    /// An object of columns, or of single cells; or rows without names.
    static func columns(of json: JSONValue, in name: String, fields: [String]) throws(ServingError) -> [JSONObject] {
        guard case .object(let columns) = json else { return try rows(of: json, in: name, fields: fields) }
        let lists = columns.members.map { (name: $0.name, cells: $0.value.asArray ?? [$0.value]) }
        let rowCount = lists.first?.cells.count ?? 0
        for (column, cells) in lists where cells.count != rowCount {
            throw ServingError(
                .malformed, "column '\(column.prefix(80))' has \(cells.count) cells, others have \(rowCount)",
                field: column)
        }
        // Member by member, each would be looked for among all before it: a body has room for a million columns.
        return (0..<rowCount).map { row in
            JSONObject(distinct: lists.map { (name: $0.name, value: flattened($0.cells[row])) })
        }
    }

    /// One row of cells under the names of its columns, each of which stands once.
    static func record(_ row: JSONValue, _ columns: [String], _ place: String) throws(ServingError) -> JSONObject {
        guard let cells = row.asArray else {
            throw ServingError(.malformed, "\(place) is \(row.kindPhrase), not a list of cells")
        }
        guard cells.count == columns.count else {
            throw ServingError(.malformed, "\(place) has \(cells.count) cells for \(columns.count) columns")
        }
        return JSONObject(distinct: zip(columns, cells).map { (name: $0, value: $1) })
    }

    private static func list(_ json: JSONValue, _ name: String) throws(ServingError) -> [JSONValue] {
        guard let items = json.asArray else {
            throw ServingError(.malformed, "'\(name)' is \(json.kindPhrase), not a list", field: name)
        }
        return items
    }

    /// A cell that column forms wrap in a list of its own.
    private static func flattened(_ cell: JSONValue) -> JSONValue {
        guard let items = cell.asArray, items.count == 1 else { return cell }
        return items[0]
    }
}

extension JSONValue {
    fileprivate var asArray: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }
}
