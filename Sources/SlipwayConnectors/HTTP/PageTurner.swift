import Foundation
import SlipwayData

/// Goes from page to page, and sees when an API leads in circles or elsewhere.
struct PageTurner {
    /// The address of the page to ask for; `nil` behind the last one.
    private(set) var next: URL?
    /// The pages that were taken.
    private(set) var pageCount = 0

    private let table: HTTPTable
    private let start: URL
    private var visited: Set<URL> = []
    private var lastDigest: SHA256Digest?
    private var rowCount = 0

    /// Starts at the first page of a table.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` for a path that is none.
    init(_ table: HTTPTable, below address: URL) throws(DataError) {
        self.table = table
        let base = address.absoluteString
        let path = table.path.hasPrefix("/") ? table.path : "/\(table.path)"
        let whole = (base.hasSuffix("/") ? String(base.dropLast()) : base) + path
        guard let url = URL(string: whole), url.origin == address.origin else {
            throw DataError(
                .unreadable, "the path of table '\(table.name)' is none", hint: "Write one such as /customers.")
        }
        start = url
        switch table.paging {
        case .none, .next, .header, .cursor: next = url
        case .offset(let parameter, let size, let sizeParameter):
            next = url.setting([(parameter, "0")] + (sizeParameter.map { [($0, "\(size)")] } ?? []))
        case .page(let parameter, let first, let size, let sizeParameter):
            let sizes = sizeParameter.flatMap { name in size.map { [(name, "\($0)")] } } ?? []
            next = url.setting([(parameter, "\(first)")] + sizes)
        }
        if let next { visited.insert(next) }
    }

    /// Goes on behind a page.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for pages in circles, or at another host.
    mutating func turn(_ page: HTTPPage, rowCount pageRowCount: Int) throws(DataError) {
        pageCount += 1
        rowCount += pageRowCount
        guard let current = next else { return }
        next = try following(page, pageRowCount, from: current)
        guard let next else { return }
        guard next.origin == start.origin else {
            throw DataError(
                .malformed, "the next page is at \(next.host() ?? "another host"), and none is taken from there",
                hint: "Describe that host as a source of its own.")
        }
        guard visited.insert(next).inserted else {
            throw DataError(.malformed, "the next page is one that was there before: the pages go in circles")
        }
        guard pageRowCount == 0 || page.digest != lastDigest else {
            throw DataError(
                .malformed, "the page is the one before it over again",
                hint: "Check the parameter of its paging: the API passes over it.")
        }
        lastDigest = page.digest
    }

    private func following(_ page: HTTPPage, _ pageRowCount: Int, from current: URL) throws(DataError) -> URL? {
        switch table.paging {
        case .none: return nil
        case .next(let place):
            guard let value = page.value(at: place), value != .string("") else { return nil }
            guard case .string(let text) = value, let url = URL(string: text, relativeTo: current) else {
                throw DataError(.malformed, "'\(place.joined(separator: "."))' is no address of a page")
            }
            return url.absoluteURL
        case .header:
            guard let link = page.link.flatMap(LinkHeader.next) else { return nil }
            guard let url = URL(string: link, relativeTo: current) else {
                throw DataError(.malformed, "the header Link names no address of a page")
            }
            return url.absoluteURL
        case .cursor(let place, let parameter):
            guard let value = page.value(at: place), value != .string("") else { return nil }
            guard let cursor = value.asValue?.text else {
                throw DataError(.malformed, "'\(place.joined(separator: "."))' is \(value.kindPhrase), not a cursor")
            }
            return start.setting([(parameter, cursor)])
        case .offset(let parameter, let size, _):
            return pageRowCount < size ? nil : current.setting([(parameter, "\(rowCount)")])
        case .page(let parameter, let first, let size, _):
            return pageRowCount < size ?? 1 ? nil : current.setting([(parameter, "\(first + pageCount)")])
        }
    }
}

extension URL {
    /// Whom the address asks, as `https://host:443`.
    fileprivate var origin: String {
        let scheme = scheme?.lowercased() ?? ""
        return "\(scheme)://\(host()?.lowercased() ?? ""):\(port ?? (scheme == "https" ? 443 : 80))"
    }

    /// The address with parameters set, in the place of those of the same names.
    fileprivate func setting(_ parameters: [(name: String, value: String)]) -> URL? {
        guard var parts = URLComponents(url: self, resolvingAgainstBaseURL: true) else { return nil }
        var items = parts.percentEncodedQueryItems ?? []
        for (name, value) in parameters {
            let (name, value) = (AddressText.encoded(name), AddressText.encoded(value))
            items.removeAll { $0.name == name }
            items.append(URLQueryItem(name: name, value: value))
        }
        parts.percentEncodedQueryItems = items
        return parts.url
    }
}
