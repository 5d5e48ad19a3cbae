import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct AtomicFileTests {
    @Test func aFileIsReplacedOnlyByCommit() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("old", to: "file")
        var file = try AtomicFile(replacing: path)
        try file.write(Array("new".utf8))
        #expect(try folder.text(of: "file") == "old")
        try file.commit()
        #expect(try folder.text(of: "file") == "new")
        #expect(try folder.names == ["file"])
    }

    @Test func anAbandonedFileLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        do {
            var file = try AtomicFile(replacing: folder.path("file"))
            try file.write(Array("new".utf8))
            #expect(try folder.names.count == 1)
        }
        #expect(try folder.names.isEmpty)
    }

    @Test func aFailedRenamingLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        var message = ""
        do throws(DataError) {
            var file = try AtomicFile(replacing: folder.path("file"))
            try file.write(Array("new".utf8))
            mkdir(folder.path("file"), 0o777)
            try file.commit()
        } catch {
            message = error.message
        }
        #expect(message == "cannot write '\(folder.path("file"))': it is a folder")
        #expect(try folder.names == ["file"])
    }

    @Test func theModeOfTheOldFileIsKept() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("old", to: "file")
        chmod(path, 0o640)
        try AtomicFile.write(Array("new".utf8), to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test func aLinkKeepsPointingAtTheReplacedFile() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("old", to: "file")
        symlink("file", folder.path("link"))
        try AtomicFile.write(Array("new".utf8), to: folder.path("link"))
        #expect(try folder.text(of: "file") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "file")
    }

    @Test func aDeviceIsWrittenToAndStaysADevice() throws {
        try AtomicFile.write([1, 2, 3], to: "/dev/null")
        let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(type == .typeCharacterSpecial)
    }

    #if os(Linux)
        @Test func aFullDiskIsNamed() throws {
            let error = try #require(throws: DataError.self) { try AtomicFile.write([1], to: "/dev/full") }
            #expect(error.kind == .unwritable)
            #expect(error.message == "cannot write '/dev/full': the disk is full")
        }
    #endif

    @Test func anAbsentFolderIsNamed() throws {
        let error = try #require(throws: DataError.self) { try AtomicFile.write([1], to: "/nowhere/at/all") }
        #expect(error.hint == "Make the folder first.")
    }

    @Test func onlyWhatAKilledProcessLeftIsSweptAway() throws {
        let folder = try TemporaryFolder()
        var living = try AtomicFile(replacing: folder.path("file"))
        let held = try folder.names
        // What is left when nobody holds the lock any more.
        _ = try folder.write("half", to: ".slipway-1abc.tmp")
        for other in [".slipway-1abc", "slipway-1abc.tmp", ".other.tmp"] { _ = try folder.write("mine", to: other) }
        mkdir(folder.path(".slipway-2.tmp"), 0o777)
        symlink("file", folder.path(".slipway-3.tmp"))
        AtomicFile.sweep(beside: folder.path("file"))
        let kept = held + [".slipway-1abc", "slipway-1abc.tmp", ".other.tmp", ".slipway-2.tmp", ".slipway-3.tmp"]
        #expect(try Set(folder.names) == Set(kept))
        try living.write(Array("new".utf8))
        try living.commit()
        #expect(try folder.text(of: "file") == "new")
    }
}
