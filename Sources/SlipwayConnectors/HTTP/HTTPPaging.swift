/// How an API that gives its rows in pages is asked for the next one.
public enum HTTPPaging: Equatable, Sendable {
    /// One answer holds all rows.
    case none
    /// The answer names the address of the next page at a place, such as `links.next`; none or null ends them.
    case next([String])
    /// The header `Link` names it, as the relation `next` (RFC 8288).
    case header
    /// The answer names at a place what a parameter says to get the next page; none, null, or an empty text ends them.
    case cursor([String], parameter: String)
    /// A parameter says how many rows to pass over; a page with fewer rows than its size ends them.
    case offset(parameter: String, size: Int, sizeParameter: String?)
    /// A parameter numbers the pages; an empty one, or one with fewer rows than the size if there is one, ends them.
    case page(parameter: String, first: Int, size: Int?, sizeParameter: String?)
}
