import Foundation

/// Reads the reference figures in the folder `Fixtures`; scripts under `dev/references` write them.
enum Fixture {
    static func load<Figures: Decodable>(_ name: String, as type: Figures.Type = Figures.self) throws -> Figures {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }
}
