import CONNXRuntime

/// The owner of one object of the library; releases it when the last reference goes.
///
/// This is the only type that keeps a C pointer, and no pointer outlives it.
// Safe because neither the pointer nor the table ever changes, and the library allows any thread to read an
// environment, a session (running one included), or a value that nobody writes; values are written only before they are shared.
final class Handle: @unchecked Sendable {
    let table: OrtTable
    let pointer: OpaquePointer
    private let release: OrtRelease

    init(_ pointer: OpaquePointer, table: OrtTable, release: OrtRelease) {
        self.pointer = pointer
        self.table = table
        self.release = release
    }

    deinit { ortRelease(table, release, UnsafeMutableRawPointer(pointer)) }
}
