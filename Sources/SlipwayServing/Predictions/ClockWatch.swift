package import SlipwayData

/// Notices when the clock jumps, so that nothing is removed for an age that it only seems to have.
///
/// A jump is told by a clock that runs steadily. What happened before the first look cannot be noticed.
package struct ClockWatch {
    /// How far the two clocks may part between two looks.
    package static let jumpMax = Duration.seconds(3_600)
    /// How long a clock that jumped forward must run before it is believed: long enough for someone to correct it.
    package static let settlingTime = Duration.seconds(86_400)

    private var last: (time: Timestamp, instant: ContinuousClock.Instant)?
    private var distrustedUntil: ContinuousClock.Instant?

    /// Starts without a look.
    package init() {}

    /// Whether a time may be believed to be as late as it says.
    ///
    /// - Parameters:
    ///   - time: What the clock says.
    ///   - instant: The moment of the look by the clock that runs steadily.
    package mutating func isBelievable(_ time: Timestamp, at instant: ContinuousClock.Instant) -> Bool {
        defer { last = (time, instant) }
        if let last {
            let parted = Duration.milliseconds(time.milliseconds - last.time.milliseconds) - (instant - last.instant)
            if parted > Self.jumpMax {
                distrustedUntil = instant + Self.settlingTime
            } else if parted < .zero - Self.jumpMax {
                // Back again, or in the past, where everything seems younger than it is.
                distrustedUntil = nil
            }
        }
        return distrustedUntil.map { $0 <= instant } ?? true
    }
}
