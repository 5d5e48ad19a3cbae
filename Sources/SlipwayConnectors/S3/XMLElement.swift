import SlipwayData

/// An element of a document, as the answers of S3 are made of: its name, what is within, and its text.
///
/// Only what such answers hold is read: elements, text, the five named entities and numbered ones, CDATA, comments, and a
/// declaration; attributes are passed over, and a document type is refused.
struct XMLElement: Equatable {
    /// The deepest element.
    static let depthMax = 16
    /// The most elements of a document.
    static let countMax = 100_000

    /// The name, without the prefix of a namespace.
    let name: String
    /// The elements within, in their order.
    private(set) var elements: [XMLElement] = []
    /// The text right within, the parts around elements joined.
    private(set) var text = ""

    init(named name: String) { self.name = name }

    /// Reads a document.
    ///
    /// - Complexity: O(bytes).
    /// - Throws: ``DataError`` of kind `malformed`, or `limitExceeded` for one that is too deep or has too many elements.
    init(parsing bytes: [UInt8]) throws(DataError) {
        var reader = XMLReader(bytes)
        self = try reader.document()
    }

    /// The first element of a name.
    subscript(name: String) -> XMLElement? { elements.first { $0.name == name } }

    /// The elements of a name.
    func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

    mutating func append(_ element: XMLElement) { elements.append(element) }

    mutating func append(_ text: String) { self.text += text }
}
