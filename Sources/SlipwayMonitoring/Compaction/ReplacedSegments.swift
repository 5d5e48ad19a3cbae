import Foundation
import SlipwayData

/// The names of the segments that a compacted one holds, kept beside it until they are removed.
///
/// The file is there before the compacted segment is, and counts only from then on; so a reader sees each record once,
/// whenever the program that compacts is killed.
struct ReplacedSegments {
    /// What the name of the file ends in, behind that of the compacted segment.
    static let ending = ".sources"
    private static let byteCountMax = 16 << 20

    let names: [String]

    init(_ names: [SegmentName]) { self.names = names.map(\.text) }

    /// Reads the file beside a compacted segment; `nil` where there is none, or no longer.
    ///
    /// - Throws: ``LogError`` of kind `unreadable`: without the names, records would count twice.
    init?(of compacted: SegmentName, in folder: SegmentFolder, among files: [String]) throws(LogError) {
        let file = compacted.text + Self.ending
        let path = "\(folder.path)/\(file)"
        guard files.contains(file) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, byteCountMax: Self.byteCountMax)
        } catch {
            if FileIdentity.look(at: path) == .nothing { return nil }
            throw LogError(.unreadable, error.message, hint: error.hint)
        }
        names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Writes the file for a compacted segment, and brings it to the disk.
    func write(beside compacted: SegmentName, in folder: SegmentFolder) throws(LogError) {
        do {
            let path = "\(folder.path)/\(compacted.text)\(Self.ending)"
            try AtomicFile.write(Array(names.map { $0 + "\n" }.joined().utf8), to: path, permissions: 0o640)
        } catch {
            throw LogError(error)
        }
    }
}
