import Foundation
import SlipwayData
import SlipwayServing
import Synchronization

/// The scripts and style sheets of the pages: our own, which the program holds, and those of Swagger UI.
final class DocsAssets: Sendable {
    /// The names by which pages ask for them.
    static let names = ["docs.css", "docs.js", SwaggerUI.script, SwaggerUI.style]

    let swaggerUI: SwaggerUI
    private let read = Mutex<[String: DocsAsset]>([:])

    init(_ swaggerUI: SwaggerUI) { self.swaggerUI = swaggerUI }

    /// A file, read once; blocks its thread while it is read.
    ///
    /// - Throws: ``ServingError`` of kind `unknownRoute` for a file that is not there.
    func asset(named name: String) throws(ServingError) -> DocsAsset {
        if let known = read.withLock({ $0[name] }) { return known }
        let data: Data
        switch name {
        case "docs.css": data = Data(DocsStyle.text.utf8)
        case "docs.js": data = Data(DocsScript.text.utf8)
        default:
            guard Self.names.contains(name), let folder = swaggerUI.folder,
                let found = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else {
                throw ServingError(
                    .unknownRoute, "there is no file '\(name.prefix(80))' here", hint: swaggerUI.reason)
            }
            data = found
        }
        let type = name.hasSuffix(".css") ? "text/css" : "text/javascript"
        let asset = DocsAsset(data, contentType: "\(type); charset=utf-8")
        read.withLock { $0[name] = asset }
        return asset
    }
}
