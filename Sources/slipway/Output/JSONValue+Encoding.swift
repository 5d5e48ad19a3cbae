import Foundation
import SlipwayData

extension JSONValue {
    /// The JSON form of a value that encodes itself.
    init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try self.init(parsing: encoder.encode(value))
    }
}
