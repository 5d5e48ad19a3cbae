import Synchronization

/// Names a request in logs and answers, where its caller did not.
package enum RequestID {
    private static let process = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    private static let count = Atomic<UInt64>(0)

    /// An id that no other request of this server has, nor in all likelihood of another.
    package static func next() -> String {
        process + "-" + String(count.add(1, ordering: .relaxed).newValue, radix: 36)
    }
}
