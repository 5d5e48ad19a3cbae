/// Texts laid out as C wants them, so that a call costs no allocation per text.
struct CStrings: Sendable {
    private var bytes: [CChar] = []
    private var offsets: [Int] = []

    var count: Int { offsets.count }

    /// Lays out texts; `nil` when one holds a NUL, where C would cut it.
    init?(_ texts: [String]) {
        offsets.reserveCapacity(texts.count)
        for text in texts {
            offsets.append(bytes.count)
            for byte in text.utf8 {
                if byte == 0 { return nil }
                bytes.append(CChar(bitPattern: byte))
            }
            bytes.append(0)
        }
    }

    /// Calls the body with a pointer to each text; the pointers end with the call.
    func withPointers<Result>(_ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers = offsets.map { bytes.baseAddress?.advanced(by: $0) }
            return pointers.withUnsafeBufferPointer { body($0) }
        }
    }
}
