import Foundation
import Testing

@testable import SlipwayData

struct InstalledPartTests {
    private let part = InstalledPart(variable: "SLIPWAY_PART", folder: ".deps/part")

    @Test func theVariableNamesThePartUnlessItIsEmpty() {
        #expect(part.named(in: ["SLIPWAY_PART": "/a/b"]) == "/a/b")
        #expect(part.named(in: ["SLIPWAY_PART": ""]) == nil)
        #expect(part.named(in: [:]) == nil)
    }

    @Test func theCurrentFolderAndAllAboveItComeFirst() {
        let current = FileManager.default.currentDirectoryPath
        let folders = part.searchedFolders
        #expect(folders.first == (current as NSString).appendingPathComponent(".deps/part"))
        #expect(folders.contains("/.deps/part"))
        #expect(folders.allSatisfy { $0.hasSuffix("/.deps/part") })
    }
}
