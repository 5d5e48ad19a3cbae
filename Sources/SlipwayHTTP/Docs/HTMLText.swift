import Mustache
import SlipwayData

/// Escapes texts for HTML, in elements and in quoted attributes.
///
/// The library's own escaping looks at whole characters; browsers read code points.
struct HTMLText: MustacheContentType {
    /// The name by which templates ask for it.
    static let name = "SLIPWAY_HTML"

    func escapeText(_ text: String) -> String {
        text.escaping(["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;", "'": "&#39;"])
    }
}
