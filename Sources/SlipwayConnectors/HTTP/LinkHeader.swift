/// The header `Link` (RFC 8288): addresses in angle brackets, each with its relation.
enum LinkHeader {
    /// The address of the relation `next`; `nil` where there is none.
    static func next(_ header: String) -> String? {
        var rest = header[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let address = rest[rest.index(after: start)..<end]
            let parameters = rest[rest.index(after: end)...].prefix { $0 != "<" }
            rest = rest[parameters.endIndex...]
            let relations = parameters.split(separator: ";").compactMap { parameter -> Substring? in
                let parts = parameter.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "rel" else { return nil }
                return parts[1]
            }
            let words = relations.flatMap { $0.split { "\", ".contains($0) } }
            if words.contains(where: { $0.lowercased() == "next" }) { return String(address) }
        }
        return nil
    }
}
