import Synchronization

/// Tells work on another thread that nobody wants it any longer.
package final class StopSwitch: Sendable {
    private let flag = Atomic(false)

    /// Makes a switch that is off.
    package init() {}

    /// Whether the work is to end.
    package var isOn: Bool { flag.load(ordering: .relaxed) }

    /// Ends the work.
    package func turnOn() { flag.store(true, ordering: .relaxed) }
}
