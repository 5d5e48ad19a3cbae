import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct SnapshotManifestTests {
    private let manifest = SnapshotManifest(
        name: "churn", digest: SHA256Digest(of: Data("rows".utf8)), rowCount: 12,
        columns: [.init(name: "id", type: .integer), .init(name: "note \"é\"", type: .string)],
        takenAt: Timestamp(milliseconds: 1_800_000_000_125),
        origin: SnapshotOrigin(
            source: "crm", sourceType: "postgres", query: "select *\nfrom customers",
            histories: [
                .init(
                    source: "crm", query: "select 1",
                    join: AsOfJoin(asOf: "at", key: "id", time: "since", ageMaxMilliseconds: 5, prefix: "last_"))
            ], privacy: ["email": "hash"], codeRevision: "abc-dirty"),
        parent: SHA256Digest(of: Data("before".utf8)),
        file: .init(byteCount: 400, digest: SHA256Digest(of: Data("file".utf8))))

    @Test func whatIsWrittenIsReadBack() throws {
        #expect(try SnapshotManifest(sealed: manifest.sealed(), file: "m") == manifest)
        var first = manifest
        first.parent = nil
        first.origin.codeRevision = nil
        #expect(try SnapshotManifest(sealed: first.sealed(), file: "m") == first)
    }

    @Test func everythingThatWasAskedForIsInIt() throws {
        let document = try JSONValue(parsing: manifest.sealed())
        for name in ["format", "name", "digest", "rows", "columns", "taken_at", "origin", "parent", "file", "seal"] {
            #expect(document[name] != nil, "\(name)")
        }
        let origin = try #require(document["origin"])
        for name in ["source", "source_type", "query", "histories", "privacy", "code_revision"] {
            #expect(origin[name] != nil, "\(name)")
        }
    }

    @Test func aChangedFigureIsFound() throws {
        let text = String(decoding: try manifest.sealed(), as: UTF8.self)
        for (old, new) in [("\"rows\": 12", "\"rows\": 13"), ("crm", "erp"), ("\"bytes\": 400", "\"bytes\": 401")] {
            try #require(text.contains(old))
            let error = #expect(throws: DataError.self) {
                try SnapshotManifest(sealed: Array(text.replacing(old, with: new).utf8), file: "m")
            }
            #expect(error?.message == "m was changed after it was written")
        }
    }

    @Test func aLaterFormatIsRefusedAsSuch() throws {
        let text = String(decoding: try manifest.sealed(), as: UTF8.self)
        let error = #expect(throws: DataError.self) {
            try SnapshotManifest(
                sealed: Array(text.replacing("\"format\": 1", with: "\"format\": 2").utf8), file: "m")
        }
        #expect(error?.kind == .unreadable && error?.message.contains("the format 2") == true)
    }

    @Test func brokenBytesAreRefusedOrMeanTheSame() throws {
        var random = SeededGenerator(seed: 5)
        let bytes = try manifest.sealed()
        var refused = 0
        for _ in 0..<2_000 {
            let mutated = random.mutating(bytes)
            do throws(DataError) {
                #expect(try SnapshotManifest(sealed: mutated, file: "m") == manifest)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_500)
    }
}
