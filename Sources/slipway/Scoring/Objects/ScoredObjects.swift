import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayModel

/// The objects of buckets that a job reads or writes, and the files that stand for them while it runs.
///
/// The rows come before the job begins. The result goes up when it is whole, and takes its place at once.
struct ScoredObjects {
    /// The file or folder with the rows; `nil` where they are no objects.
    private(set) var source: String?
    /// The file that takes the answers; `nil` where the result is no object.
    private(set) var destination: String?

    private let folder: PrivateFolder
    private var target: (place: ObjectPlace, replacement: S3Bucket.Replacement)?
    /// What files are called in errors.
    private var names: [(file: String, name: String)] = []

    /// Brings the rows, and looks whether the result may go where it should.
    ///
    /// - Returns: `nil` where neither is an object.
    /// - Throws: ``DataError``, also for a mode that objects do not have.
    static func of(
        _ source: String, _ destination: String, mode: TableChange.Mode?, isKeyed: Bool, project: ProjectOptions
    ) async throws -> ScoredObjects? {
        guard ObjectPlace.mayBe(source) || ObjectPlace.mayBe(destination) else { return nil }
        let project = try project.load()
        let rows = ObjectPlace.mayBe(source) ? try ObjectPlace(source, in: project) : nil
        let result = ObjectPlace.mayBe(destination) ? try ObjectPlace(destination, in: project) : nil
        guard rows != nil || result != nil else { return nil }
        var objects = ScoredObjects(folder: try PrivateFolder(below: project.objectsFolder))
        if let result { try await objects.aim(at: result, named: destination, mode: mode, isKeyed: isKeyed) }
        if let rows { try await objects.bring(rows, named: source) }
        return objects
    }

    private init(folder: PrivateFolder) { self.folder = folder }

    /// Puts the result in its place.
    ///
    /// - Throws: ``DataError``; what was there before is then still there.
    func finish() async throws(DataError) {
        guard let target, let destination else { return }
        try await target.place.bucket.put(destination, as: target.place.key, replacing: target.replacement)
    }

    /// An error with the names of objects in the place of those of their files.
    func named(_ error: any Error) -> any Error {
        switch error {
        case var error as DataError:
            error.message = named(error.message)
            error.hint = error.hint.map(named)
            error.location = error.location.map { SourceLocation(file: named($0.file), line: $0.line) }
            return error
        case let error as ModelError:
            return ModelError(error.kind, named(error.message), hint: error.hint, field: error.field)
        default: return error
        }
    }

    private func named(_ text: String) -> String {
        names.reduce(text) { $0.replacing($1.file, with: $1.name) }
    }

    private mutating func aim(
        at place: ObjectPlace, named name: String, mode: TableChange.Mode?, isKeyed: Bool
    ) async throws {
        guard [.create, .replace, nil].contains(mode), !isKeyed else {
            throw DataError(
                .malformed, "an object is made as a whole, so '\(name)' takes no other rows",
                hint: "Write it with --mode create or replace, and without --key.")
        }
        guard !place.key.hasSuffix("/") else {
            throw DataError(.unwritable, "'\(name)' is a folder", hint: "Name an object in it with --to.")
        }
        let replacement: S3Bucket.Replacement = mode == .replace ? .done : .refused
        // Said again when the result goes up; by then all the work would be done.
        if replacement == .refused, try await place.bucket.object(named: place.key) != nil {
            throw DataError(
                .unwritable, "the object '\(name)' is there already", hint: "Let it be replaced with --mode replace.")
        }
        target = (place, replacement)
        destination = try file(of: place, in: "to", named: name)
    }

    private mutating func bring(_ place: ObjectPlace, named name: String) async throws {
        guard place.key.hasSuffix("/") else {
            guard let object = try await place.bucket.object(named: place.key) else {
                throw DataError(.unreadable, "there is no object '\(name)'", hint: "Check its key.")
            }
            let path = try file(of: place, in: "from", named: name)
            try await place.bucket.fetch(object, to: path)
            source = path
            return
        }
        let all = try await place.bucket.objects(in: place.key).filter { $0.key.lowercased().hasSuffix(".parquet") }
        let byteCount = all.reduce(0.0) { $0 + Double($1.byteCount) }
        guard byteCount <= Double(place.bucket.limits.fetchedByteCountMax) else {
            throw DataError(
                .limitExceeded,
                "the objects of '\(name)' are over the limit of \(place.bucket.limits.fetchedByteCountMax) bytes",
                hint: "Raise max_size of the source.")
        }
        let path = try file(of: place, in: "from", named: name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for object in all {
            try await place.bucket.fetch(object, to: "\(path)/\(object.key.split(separator: "/").last ?? "")")
        }
        source = path
    }

    private mutating func file(of place: ObjectPlace, in part: String, named name: String) throws -> String {
        let path = "\(folder.path)/\(part)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        names.append(("\(path)/\(place.fileName)", name.hasSuffix("/") ? String(name.dropLast()) : name))
        return "\(path)/\(place.fileName)"
    }
}
