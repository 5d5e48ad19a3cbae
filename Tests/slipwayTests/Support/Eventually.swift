import Foundation
import Testing

/// Waits up to a second until a condition holds; every answer on the way must be a good one.
func eventually(
    sourceLocation: Testing.SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) throws {
    let end = Date(timeIntervalSinceNow: 1)
    while !(try condition()) {
        guard Date() < end else {
            Issue.record("still not so after a second", sourceLocation: sourceLocation)
            return
        }
        usleep(20_000)
    }
}
