/// A text that equals only a text of the same UTF-8 bytes.
///
/// `String` takes `é` in one code point and in two for the same. Models and the tools that train them compare bytes,
/// so categories are looked up and matched through this type.
package struct ByteText: Hashable, Comparable, Sendable {
    /// The text itself.
    package let text: String

    /// Makes a text that is compared by its bytes.
    ///
    /// - Complexity: O(1) for native texts.
    package init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        self.text = text
    }

    package static func == (left: ByteText, right: ByteText) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    package static func < (left: ByteText, right: ByteText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        _ = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // A byte that no UTF-8 text holds keeps neighbouring texts apart.
        hasher.combine(0xFF as UInt8)
    }
}
