import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

/// The C library stands for one of another project: it is on every machine, and has `strlen`.
struct OutsideLibraryTests {
    private static let variable = "SLIPWAY_OF_TESTS"

    private static func library(_ fileNames: [String], folder: String? = nil) -> OutsideLibrary {
        OutsideLibrary(
            title: "the library", variable: variable, folder: folder, fileNames: fileNames,
            requirement: "library of version 2 or later")
    }

    private static func opened(
        _ library: OutsideLibrary, named: String? = nil, symbol: String = "strlen"
    ) -> OutsideLibrary.Opened<String> {
        library.open(environment: named.map { [variable: $0] } ?? [:]) { handle in
            dlsym(handle, symbol) == nil ? nil : (symbol, "2.0")
        }
    }

    @Test func theFirstFileThatHasTheFunctionsIsTaken() {
        let opened = Self.opened(Self.library(["no-such-library.so", "libc.so.6"]))
        #expect(opened.path == "libc.so.6" && opened.functions == "strlen" && opened.version == "2.0")
        #expect(opened.reason == nil)
    }

    @Test func aNamedFileIsTheOnlyOneTried() {
        let library = Self.library(["libc.so.6"], folder: ".deps/any")
        #expect(library.candidates(environment: [Self.variable: "/a/b.so"]) == ["/a/b.so"])
        #expect(library.candidates(environment: [Self.variable: ""]) == ["libc.so.6"])
        let opened = Self.opened(library, named: "/a/b.so")
        #expect(opened.functions == nil && opened.path == nil)
        #expect(
            opened.reason == "SLIPWAY_OF_TESTS names '/a/b.so', which is not there. Install it with dev/setup, "
                + "or set SLIPWAY_OF_TESTS to its file.")
    }

    @Test func whatIsFoundInTheFolderComesBeforeTheSystems() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path("lib"), withIntermediateDirectories: true)
        for name in ["b.so", "a.so", "other.so"] {
            try Data().write(to: URL(fileURLWithPath: folder.path("lib/\(name)")))
        }
        // A path from the root is the same below every folder.
        let parents = String(repeating: "../", count: 64) + folder.path("lib").dropFirst()
        let candidates = Self.library(["a.so", "b.so"], folder: parents).candidates(environment: [:])
        #expect(candidates.suffix(2) == ["a.so", "b.so"])
        #expect(
            candidates.dropLast(2).map { URL(fileURLWithPath: $0).lastPathComponent }.prefix(2) == ["a.so", "b.so"])
        #expect(!candidates.contains { $0.hasSuffix("other.so") })
    }

    @Test func aFileThatIsNoLibraryIsNamedWithTheCause() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("text.so")
        try Data("text".utf8).write(to: URL(fileURLWithPath: path))
        let reason = try #require(Self.opened(Self.library([path])).reason)
        #expect(reason.hasPrefix("The file '\(path)' cannot be opened: "))
    }

    @Test func anotherLibraryIsRefusedAsWhatItIsNot() {
        let opened = Self.opened(Self.library(["libc.so.6"]), symbol: "no_such_function")
        #expect(opened.functions == nil && opened.path == nil)
        #expect(opened.reason?.hasPrefix("The file 'libc.so.6' is no library of version 2 or later. ") == true)
    }
}
