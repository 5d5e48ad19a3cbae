import Foundation
import SlipwayData

extension SegmentFolder {
    /// The bytes that a probe writes: one block of the usual file systems.
    private static let probeByteCount = 4_096

    /// Finds out whether a log here could be written now, and leaves nothing behind; blocks its thread.
    ///
    /// - Throws: ``LogError`` of kind `noSpace` or `unwritable`.
    public func probe() throws(LogError) {
        try create()
        let file = "\(path)/.probe-\(UUID().uuidString)"
        defer { unlink(file) }
        do throws(DataError) {
            try AtomicFile.write([UInt8](repeating: 0, count: Self.probeByteCount), to: file)
        } catch {
            throw LogError(error)
        }
    }
}
