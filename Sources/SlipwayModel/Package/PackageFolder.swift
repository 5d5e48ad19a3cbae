import Foundation
import SlipwayData

/// Reads the files of a package and compares them with its manifest.
struct PackageFolder {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Reads the manifest.
    func manifest() throws(ModelError) -> PackageManifest {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(PackageFile.manifest.rawValue)") else {
            throw ModelError(
                .corruptPackage, "\(path) is no package: it has no \(PackageFile.manifest.rawValue)",
                hint: "Push the model again.")
        }
        // The layout comes first: a newer one may have a manifest of another shape.
        if let layout = try? JSONDecoder().decode(Layout.self, from: data),
            layout.format > PackageManifest.formatCurrent
        {
            throw ModelError(
                .corruptPackage, "the package in \(path) has layout \(layout.format), which a newer Slipway wrote",
                hint: "Use that version, or a later one.")
        }
        guard let manifest = try? JSONDecoder().decode(PackageManifest.self, from: data), manifest.format > 0 else {
            throw ModelError(.corruptPackage, "the manifest in \(path) cannot be read", hint: "Push the model again.")
        }
        return manifest
    }

    /// Reads every file that the manifest lists and refuses any difference.
    func verified(_ manifest: PackageManifest) throws(ModelError) -> [PackageFile: Data] {
        var contents: [PackageFile: Data] = [:]
        for (name, entry) in manifest.files.sorted(by: { $0.key < $1.key }) {
            // A name outside the known ones could point anywhere on the disk, so it is not even opened.
            guard let file = PackageFile(rawValue: name), file != .manifest else {
                throw corrupt("its manifest lists '\(name.prefix(80))', which is no file of a package")
            }
            guard entry.bytes <= Package.fileByteCountMax else { throw corrupt("\(name) is larger than 2 GiB") }
            guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                throw corrupt("\(name) is missing")
            }
            guard data.count == entry.bytes, SHA256Digest(of: data) == entry.sha256 else {
                throw corrupt("\(name) is not the file that was packaged")
            }
            contents[file] = data
        }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in present.sorted() where name != PackageFile.manifest.rawValue && manifest.files[name] == nil {
            throw corrupt("'\(name)' was added after it was packaged")
        }
        return contents
    }

    func decode<Part: Decodable>(
        _ type: Part.Type, _ file: PackageFile, _ contents: [PackageFile: Data]
    ) throws(ModelError) -> Part? {
        guard let data = contents[file] else { return nil }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw corrupt("\(file.rawValue) cannot be read")
        }
    }

    /// The part of a manifest that every layout has.
    private struct Layout: Decodable {
        var format: Int
    }

    func corrupt(_ what: String) -> ModelError {
        ModelError(
            .corruptPackage, "the package in \(path) was changed: \(what)",
            hint: "Restore the folder from a backup, or push the model again.")
    }
}
