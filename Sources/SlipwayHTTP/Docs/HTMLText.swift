import Mustache

/// Escapes texts for HTML, in elements and in quoted attributes.
///
/// The library's own escaping looks at whole characters, so that a quotation mark with an accent upon it would stay
/// what it is; browsers read code points.
struct HTMLText: MustacheContentType {
    /// The name by which templates ask for it.
    static let name = "SLIPWAY_HTML"

    func escapeText(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
