import SlipwayConnectors
import SlipwayData

extension APIConfiguration {
    /// The keys of a source that describe an API.
    static let keys = ["token", "tables", "max_answer", "max_pages"]
    /// The most bytes of an answer, and pages, that a project may ask for.
    fileprivate static let answerByteCountRange = 1_000...1_000_000_000
    fileprivate static let pageCountRange = 1...1_000_000
}

extension ConfigurationReader {
    /// What a source says of its API; `nil` after its tables were found missing or wrong.
    mutating func api(of fields: Fields) -> APIConfiguration? {
        let tables = required("tables", of: fields, as: .apiTables)
        let token = optional("token", of: fields, as: .reference(example: "${CRM_TOKEN}"))
        let bytes = optional(
            "max_answer", of: fields, as: .byteSize(in: APIConfiguration.answerByteCountRange, example: "64MB"))
        let pages = optional(
            "max_pages", of: fields, as: .count(in: APIConfiguration.pageCountRange, example: "1000"))
        guard let tables else { return nil }
        var api = APIConfiguration(token: token, tables: tables)
        if let bytes { api.limits.answerByteCountMax = bytes }
        if let pages { api.limits.pageCountMax = pages }
        return api
    }
}

extension Form where Value == [HTTPTable] {
    /// The tables of an API by name.
    fileprivate static var apiTables: Form {
        let example = "{ customers: { path: /customers } }"
        return Form(example: example) { node, reader in
            guard case .mapping(let entries) = node.content, !entries.isEmpty else {
                reader.report("found \(node.kindName) where tables belong, such as \(example)", at: node)
                return nil
            }
            guard entries.count <= APIConfiguration.tableCountMax else {
                reader.report("there are more than \(APIConfiguration.tableCountMax) tables", at: node)
                return nil
            }
            return entries.compactMap { entry in
                if !ResourceName.isValid(entry.key) {
                    reader.report(
                        "\(Quotation.quoted(entry.key)) is not a name; \(ResourceName.rule)", atKey: entry)
                }
                return Form<HTTPTable>.apiTable(named: entry.key).read(entry.value, &reader)
            }
        }
    }
}

extension Form where Value == HTTPTable {
    /// A list of objects: `{ path: /customers, rows: data.items, paging: { by: next, at: links.next } }`.
    fileprivate static func apiTable(named name: String) -> Form {
        let example = "{ path: /customers, rows: data.items }"
        return Form(example: example) { node, reader in
            let keys = ["path", "rows", "paging", "columns"]
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let path = reader.required("path", of: fields, as: .text(example: "/customers"))
            let rows = reader.optional("rows", of: fields, as: .place(example: "data.items"))
            let paging = reader.optional("paging", of: fields, as: .paging)
            let columns = reader.optional("columns", of: fields, as: .columns)
            return path.map {
                HTTPTable(
                    name: name, path: $0, rows: rows ?? [], paging: paging ?? .none, columns: columns ?? [])
            }
        }
    }
}

extension Form where Value == [String] {
    /// Names that lead into a document, with dots between them.
    static func place(example: String) -> Form {
        Form("names with dots between them", example: example) { text in
            let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            return names.contains("") ? nil : names
        }
    }
}

extension Form where Value == [(name: String, type: ColumnType)] {
    /// Columns with their types.
    fileprivate static var columns: Form {
        let example = "{ id: integer, name: string }"
        return Form(example: example) { node, reader in
            guard case .mapping(let entries) = node.content, !entries.isEmpty else {
                reader.report("found \(node.kindName) where columns belong, such as \(example)", at: node)
                return nil
            }
            return entries.compactMap { entry in
                Form<ColumnType>.choice("a type of column").read(entry.value, &reader).map { (entry.key, $0) }
            }
        }
    }
}
