import Foundation
import Testing

/// Waits until a condition holds, far longer than it should take; every answer on the way must be a good one.
func eventually(
    sourceLocation: Testing.SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) throws {
    let end = Date(timeIntervalSinceNow: 300)
    while !(try condition()) {
        guard Date() < end else {
            Issue.record("it never came to hold", sourceLocation: sourceLocation)
            return
        }
        usleep(20_000)
    }
}
