import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

@Suite(.enabled(if: Library.shared.isAvailable))
struct SnapshotFolderTests {
    private let folder: TemporaryFolder
    private let snapshots: SnapshotFolder
    private let origin = SnapshotOrigin(source: "crm", sourceType: "sqlite", query: "select 1")

    init() throws {
        folder = try TemporaryFolder()
        snapshots = SnapshotFolder(path: folder.path("snapshots"), parquet: DuckDBParquet())
    }

    private static func everything() throws -> Table {
        let flags = [true, true, false, true, true, true]
        return try Table(columns: [
            Column(name: "flag", values: .booleans([true, false, false, true, true, false]), validity: flags),
            Column(
                name: "whole", values: .integers([.min, .max, 0, -1, 9_007_199_254_740_993, 0]), validity: flags),
            Column(
                name: "number",
                values: .numbers([.leastNonzeroMagnitude, -.greatestFiniteMagnitude, .nan, .infinity, -.infinity, 0.1]),
                validity: flags),
            Column(
                name: "text", values: .strings(["", "null", "", "a\0b\n\"c\"", "e\u{301} é 🚢", "2026-02-29"]),
                validity: flags),
            Column(name: "moment é \"'", values: .strings(Array(repeating: "2026-03-01T09:30:00.123456Z", count: 6))),
            Column(
                name: "nothing", values: .numbers(Array(repeating: .nan, count: 6)),
                validity: Array(repeating: false, count: 6)),
            Column(name: "select", values: .integers([1, 2, 3, 4, 5, 6])),
        ])
    }

    @Test func everyCellOfEveryTypeComesBack() throws {
        let table = try Self.everything()
        let snapshot = try snapshots.take(table, as: "all", from: origin).snapshot
        let read = try snapshots.table(of: snapshot)
        #expect(read.names == table.names && read.columns.map(\.type) == table.columns.map(\.type))
        for row in 0..<table.rowCount {
            #expect(read.row(row) == table.row(row))
            let bytes = { (table: Table) in table.row(row).map { Array($0.text.utf8) } }
            #expect(bytes(read) == bytes(table))
        }
        let verification = try snapshots.verify(snapshot)
        #expect(verification.isIntact && verification.rowCount == 6 && verification.digest == snapshot.digest)
    }

    @Test func manyGroupsOfRowsComeBackInTheirOrder() throws {
        let count = 50_000
        let table = try Table(columns: [
            Column(name: "n", values: .integers((0..<count).map { Int64($0 &* 7_919 % count) })),
            Column(name: "s", values: .strings((0..<count).map { String($0 % 1_000) })),
        ])
        let snapshot = try snapshots.take(table, as: "many", from: origin).snapshot
        #expect(try snapshots.table(of: snapshot) == table)
        #expect(try snapshots.profile(of: snapshot).rowCount == count)
    }

    @Test func theSameRowsAreTheSameSnapshotWhoeverWroteTheFile() throws {
        let table = try Self.everything()
        let first = try snapshots.take(table, as: "all", from: origin).snapshot
        let plain = SnapshotFolder(path: folder.path("plain"), parquet: PlainParquetFiles())
        let other = try plain.take(table, as: "all", from: origin).snapshot
        #expect(first.digest == other.digest && first.manifest.file.digest != other.manifest.file.digest)
    }

    @Test func damageThatAFileDigestWouldMissIsFoundByItsRows() throws {
        let snapshot = try snapshots.take(Self.everything(), as: "all", from: origin).snapshot
        // Whoever forges a file and its manifest together still has to forge the digest that names the snapshot.
        try FileManager.default.removeItem(atPath: snapshot.dataFile)
        try DuckDBParquet().write(Self.everything().selecting(rows: [0, 1, 2, 3, 4, 4]), to: snapshot.dataFile)
        var manifest = snapshot.manifest
        let size = try #require(
            try FileManager.default.attributesOfItem(atPath: snapshot.dataFile)[.size] as? Int)
        manifest.file = .init(byteCount: size, digest: try SHA256Digest(ofFile: snapshot.dataFile))
        try Data(manifest.sealed()).write(to: URL(filePath: "\(snapshot.folder)/manifest.json"))
        let forged = try snapshots.snapshot(SnapshotReference(parsing: "all"))
        #expect(try snapshots.verify(forged).damages == ["the rows have another digest than the manifest says"])
    }
}
