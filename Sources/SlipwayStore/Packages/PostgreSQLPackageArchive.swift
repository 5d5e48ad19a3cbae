import Foundation
public import SlipwayData
public import SlipwayModel
public import SlipwayRegistry
public import SlipwaySQL

/// The files of packages in a PostgreSQL store, in parts, so that a server on another machine can fetch them.
///
/// Each part is a write of its own, so that promotions wait little; a package is there from the moment at which its own
/// row is. What a killed push left behind is dropped by a later one.
public struct PostgreSQLPackageArchive: PackageArchive {
    /// The bytes of a part.
    public static let partByteCount = 1 << 20
    /// The most bytes of a package.
    public static let packageByteCountMax = 1 << 30
    /// How old the parts of an unfinished package are when they are dropped.
    static let unfinishedAgeMax = Duration.seconds(24 * 3_600)

    private let database: any SQLDatabase

    /// Opens the archive, making its tables if they are not there.
    ///
    /// - Throws: ``RegistryError`` of kind `storeFailed`.
    public init(_ database: any SQLDatabase) throws(RegistryError) {
        self.database = database
        try Self.wrapping { try database.migrate(PackageMigrations.all, component: PackageMigrations.component) }
    }

    /// Keeps the files of a package, unless they are there.
    public func keep(_ package: Package) throws(RegistryError) {
        try Self.wrapping {
            guard try !holds(package.digest) else { return }
            let names = package.manifest.files.keys.sorted() + [PackageFile.manifest.rawValue]
            var byteCount = package.manifest.files.values.reduce(0) { $0 + $1.bytes }
            guard byteCount <= Self.packageByteCountMax else {
                throw RegistryError(
                    .incompatible,
                    "the package has \(byteCount) bytes, and the platform store takes \(Self.packageByteCountMax)",
                    hint: "Push a smaller model, or keep the registry in SQLite on one machine.")
            }
            byteCount = 0
            for name in names { byteCount += try keep(file: name, of: package) }
            try database.write { connection in
                let now = try connection.now().milliseconds
                try connection.execute(
                    "insert into packages (digest, byte_count, kept_ms) values ($1, $2, $3) on conflict do nothing",
                    [.string(package.digest.hex), .integer(Int64(byteCount)), .integer(now)])
                try connection.execute(
                    "delete from package_parts where made_ms < $1 and digest not in (select digest from packages)",
                    [.integer(now - Int64(Self.unfinishedAgeMax / .milliseconds(1)))])
            }
        }
    }

    /// Writes the files of a package into a folder.
    public func restore(_ digest: SHA256Digest, into folder: String) throws(RegistryError) -> Bool {
        try Self.wrapping {
            guard try holds(digest) else { return false }
            let parts = try database.query(
                "select file, number, sha256 from package_parts where digest = $1 order by file, number",
                [.string(digest.hex)], until: nil)
            for (name, parts) in Dictionary(grouping: parts, by: { $0["file"].text }) {
                // Any other name could point anywhere on the disk.
                guard let file = PackageFile(rawValue: name) else {
                    throw RegistryError(
                        .storeFailed, "the store holds '\(name.prefix(80))', which is no file of a package")
                }
                try restore(file, parts, of: digest, into: folder)
            }
            return true
        }
    }

    private func holds(_ digest: SHA256Digest) throws -> Bool {
        try !database.query(
            "select digest from packages where digest = $1", [.string(digest.hex)], until: nil
        ).isEmpty
    }

    private func keep(file name: String, of package: Package) throws -> Int {
        let file = try FileHandle(forReadingFrom: URL(filePath: "\(package.folder)/\(name)"))
        defer { try? file.close() }
        var (number, byteCount) = (0, 0)
        while true {
            let bytes = try file.read(upToCount: Self.partByteCount) ?? Data()
            // A file without bytes has one part all the same.
            guard !bytes.isEmpty || number == 0 else { return byteCount }
            try database.write { connection in
                try connection.execute(
                    """
                    insert into package_parts (digest, file, number, sha256, bytes, made_ms)
                    values ($1, $2, $3, $4, decode($5, 'base64'), $6)
                    on conflict (digest, file, number)
                    do update set sha256 = excluded.sha256, bytes = excluded.bytes, made_ms = excluded.made_ms
                    """,
                    [
                        .string(package.digest.hex), .string(name), .integer(Int64(number)),
                        .string(SHA256Digest(of: bytes).hex), .string(bytes.base64EncodedString()),
                        .integer(try connection.now().milliseconds),
                    ])
            }
            number += 1
            byteCount += bytes.count
        }
    }

    private func restore(_ file: PackageFile, _ parts: [SQLRow], of digest: SHA256Digest, into folder: String) throws {
        var target = try AtomicFile(replacing: "\(folder)/\(file.rawValue)")
        for part in parts {
            let row = try database.query(
                """
                select encode(bytes, 'base64') as text from package_parts
                where digest = $1 and file = $2 and number = $3
                """, [.string(digest.hex), .string(file.rawValue), part["number"]], until: nil
            ).first
            let text = try row?.text("text") ?? ""
            guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters),
                SHA256Digest(of: bytes).hex == (try part.text("sha256"))
            else {
                throw RegistryError(
                    .storeFailed, "a part of \(file.rawValue) of the package \(digest.short) is damaged in the store",
                    hint: "Push the model again from the machine that has it.")
            }
            try target.write(Array(bytes))
        }
        try target.commit()
    }

    private static func wrapping<T>(_ body: () throws -> T) throws(RegistryError) -> T {
        do {
            return try body()
        } catch let error as RegistryError {
            throw error
        } catch let error as any DescribedError {
            throw RegistryError(.storeFailed, "the packages cannot be used: \(error.message)", hint: error.hint)
        } catch {
            throw RegistryError(.storeFailed, "the packages cannot be used: \(error)")
        }
    }
}
