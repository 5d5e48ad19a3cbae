import Foundation
import SlipwayData

/// Reference figures that the scripts in `dev/references` wrote.
enum Fixture {
    /// The document of a file beside the tests.
    static func json(_ name: String) throws -> JSONValue {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/" + name
        return try JSONValue(parsing: Data(contentsOf: URL(fileURLWithPath: path)), file: name)
    }
}

extension JSONValue {
    /// The elements of an array; empty for anything else.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The numbers of an array.
    var numbers: [Double] { elements.compactMap { $0.asValue?.asNumber } }

    /// The texts of an array.
    var texts: [String] { elements.compactMap { if case .string(let text) = $0 { text } else { nil } } }

    /// The text of a member.
    func text(_ name: String) -> String? { if case .string(let text)? = self[name] { text } else { nil } }

    /// The number of a member.
    func number(_ name: String) -> Double? { self[name]?.asValue?.asNumber }
}
