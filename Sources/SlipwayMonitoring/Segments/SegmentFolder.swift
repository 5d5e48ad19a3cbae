import Foundation
public import SlipwayData

/// The folder with the segments of one model in one environment: `<root>/<environment>/<model>`.
public struct SegmentFolder: Sendable {
    /// The longest environment or model name, in bytes.
    public static let nameByteCountMax = 128

    /// The path of the folder.
    public let path: String
    /// What reads compacted segments; `nil` where nothing does.
    let parquet: (any ParquetFiles)?

    /// Names a folder without creating it.
    ///
    /// - Parameter parquet: What reads compacted segments; without it, a log that holds some cannot be read.
    /// - Throws: ``LogError`` of kind `invalidName` for a name that could leave the root or hide.
    public init(
        root: String, environment: String, model: String, parquet: (any ParquetFiles)? = nil
    ) throws(LogError) {
        try Self.check(environment, "environment")
        try Self.check(model, "model")
        path = "\(root)/\(environment)/\(model)"
        self.parquet = parquet
    }

    private static func check(_ name: String, _ what: String) throws(LogError) {
        let isSafe = name.unicodeScalars.allSatisfy { $0 != "/" && $0 != "\\" && $0.value >= 0x20 && $0.value != 0x7F }
        guard isSafe, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= nameByteCountMax else {
            throw LogError(
                .invalidName, "'\(name.prefix(60))' cannot be the name of the \(what) in a log's path",
                hint: "Use letters, digits, '-' and '_', at most \(nameByteCountMax) bytes.")
        }
    }

    func create() throws(LogError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw LogError(
                .unwritable, "the log's folder '\(path)' cannot be created: \(error.localizedDescription)",
                hint: "Check that the folder above it exists and may be written.")
        }
    }

    /// The segments of a kind in the order of their start; none when the folder does not exist.
    func segments(fileExtension: String) throws(LogError) -> [SegmentName] {
        try fileNames().compactMap { SegmentName($0, fileExtension: fileExtension) }.sorted()
    }

    /// The segments that hold the records of a kind once each: without those that stand compacted beside themselves.
    func readableSegments<Record: SegmentRecord>(of type: Record.Type) throws(LogError) -> [SegmentName] {
        let files = try fileNames()
        let written = files.compactMap { SegmentName($0, fileExtension: Record.fileExtension) }
        guard Record.isCompacted else { return written.sorted() }
        let compacted = files.compactMap {
            SegmentName($0, fileExtension: Record.fileExtension + SegmentName.compactedEnding)
        }
        var replaced: Set<String> = []
        for name in compacted {
            replaced.formUnion(try ReplacedSegments(of: name, in: self, among: files)?.names ?? [])
        }
        return (written.filter { !replaced.contains($0.text) } + compacted).sorted()
    }

    /// The names of all files; none when the folder does not exist.
    func fileNames() throws(LogError) -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw LogError(.unreadable, "the log's folder '\(path)' cannot be read: \(error.localizedDescription)")
        }
    }
}
