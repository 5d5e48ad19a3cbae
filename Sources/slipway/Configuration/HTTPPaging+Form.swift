import SlipwayConnectors

/// The ways of paging, as the key `by` names them.
private enum PagingWord: String, CaseIterable {
    case next, header, cursor, offset, page

    /// The keys beside `by`.
    var keys: [String] {
        switch self {
        case .next: ["at"]
        case .header: []
        case .cursor: ["at", "parameter"]
        case .offset: ["parameter", "size", "size_parameter"]
        case .page: ["parameter", "first", "size", "size_parameter"]
        }
    }
}

extension Form where Value == HTTPPaging {
    /// The most rows of a page that a project may ask for.
    private static var pageRowCountMax: Int { 1_000_000 }

    /// How the next rows are asked for: `{ by: offset, parameter: offset, size: 100 }`.
    static var paging: Form {
        let example = "{ by: next, at: links.next }"
        return Form(example: example) { node, reader in
            guard case .mapping = node.content else {
                reader.report("found \(node.kindName) where a mapping belongs, such as \(example)", at: node)
                return nil
            }
            let words = Form<PagingWord>.choice("a way of paging")
            guard let way = reader.required("by", of: Fields(node: node), as: words),
                let fields = reader.fields(of: node, keys: ["by"] + way.keys, expecting: example)
            else { return nil }
            return read(way, fields, &reader)
        }
    }

    private static func read(_ way: PagingWord, _ fields: Fields, _ reader: inout ConfigurationReader) -> HTTPPaging? {
        let sizes = 1...pageRowCountMax
        switch way {
        case .header: return .header
        case .next: return reader.required("at", of: fields, as: .place(example: "links.next")).map { .next($0) }
        case .cursor:
            let place = reader.required("at", of: fields, as: .place(example: "meta.cursor"))
            let parameter = reader.required("parameter", of: fields, as: .text(example: "cursor"))
            guard let place, let parameter else { return nil }
            return .cursor(place, parameter: parameter)
        case .offset:
            let parameter = reader.required("parameter", of: fields, as: .text(example: "offset"))
            let size = reader.required("size", of: fields, as: .count(in: sizes, example: "100"))
            let sizeParameter = reader.optional("size_parameter", of: fields, as: .text(example: "limit"))
            guard let parameter, let size else { return nil }
            return .offset(parameter: parameter, size: size, sizeParameter: sizeParameter)
        case .page:
            let parameter = reader.required("parameter", of: fields, as: .text(example: "page"))
            let first = reader.optional("first", of: fields, as: .count(in: 0...1_000_000, example: "1"))
            let size = reader.optional("size", of: fields, as: .count(in: sizes, example: "100"))
            let sizeParameter = reader.optional("size_parameter", of: fields, as: .text(example: "per_page"))
            return parameter.map { .page(parameter: $0, first: first ?? 1, size: size, sizeParameter: sizeParameter) }
        }
    }
}
