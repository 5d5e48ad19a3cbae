import Dispatch
import SlipwaySQL

/// Holds the write lock of a store on a thread of its own, as a busy process would.
final class LockHolder: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let released = DispatchSemaphore(value: 0)

    /// Returns once the lock is held.
    init(_ database: SQLiteDatabase) {
        let taken = DispatchSemaphore(value: 0)
        let done = done
        let released = released
        DispatchQueue.global().async {
            try? database.write { _ in
                taken.signal()
                done.wait()
            }
            released.signal()
        }
        taken.wait()
    }

    /// Returns once the lock is free.
    func release() {
        done.signal()
        released.wait()
    }
}
