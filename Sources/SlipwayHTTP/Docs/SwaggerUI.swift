import Foundation
import SlipwayData

/// The files of Swagger UI as found on this machine, or why they were not found.
///
/// `dev/setup` installs them; the page at `/docs` shows the API with them, and plainly without.
public struct SwaggerUI: Sendable {
    /// The files of this process.
    public static let shared = SwaggerUI(environment: ProcessInfo.processInfo.environment)

    private static let part = InstalledPart(variable: "SLIPWAY_SWAGGER_UI", folder: ".deps/swagger-ui")
    /// The script that draws the page.
    static let script = "swagger-ui-bundle.js"
    /// Its style sheet.
    static let style = "swagger-ui.css"

    /// The folder that holds the files, or `nil`.
    public let folder: String?
    /// Why there are none and how to install them; `nil` when they are there.
    public let reason: String?

    /// Searches the folder; see `InstalledPart` for where.
    ///
    /// - Parameter environment: The environment variables; only `SLIPWAY_SWAGGER_UI` is read, which names the folder.
    public init(environment: [String: String]) {
        let named = Self.part.named(in: environment)
        let folders = named.map { [$0] } ?? Self.part.searchedFolders
        folder = folders.first { folder in
            [Self.script, Self.style].allSatisfy { FileManager.default.isReadableFile(atPath: "\(folder)/\($0)") }
        }
        guard folder == nil else {
            reason = nil
            return
        }
        let failure =
            named.map { "\(Self.part.variable) names '\($0)', which does not hold \(Self.script) and \(Self.style)." }
            ?? "Swagger UI was not found."
        reason = "\(failure) Install it with dev/setup, or set \(Self.part.variable) to its folder."
    }
}
