import SlipwayData

/// A stretch of time that is compared with times as they are written, byte by byte.
struct WindowText: Sendable {
    /// The times wanted.
    let window: TimeWindow

    private let start: [UInt8]
    private let end: [UInt8]

    init(_ window: TimeWindow) {
        self.window = window
        start = Array(window.start.description.utf8)
        end = Array(window.end.description.utf8)
    }

    /// Whether a time is known to lie outside; `false` for a text that was not written by ``Timestamp``.
    ///
    /// Times in UTC with four digits of the year sort like their text.
    func excludes(_ time: UnsafeRawBufferPointer) -> Bool {
        guard time.count == start.count else { return false }
        for index in time.indices {
            let isInPlace = Self.isDigit(start[index]) ? Self.isDigit(time[index]) : time[index] == start[index]
            guard isInPlace else { return false }
        }
        return time.lexicographicallyPrecedes(start) || !time.lexicographicallyPrecedes(end)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
