import Foundation
import Logging
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayServing

struct AccessLogTests {
    private static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    private func record(_ id: String) -> AccessRecord {
        AccessRecord(requestID: id, method: "GET", path: "/", status: 200, duration: .milliseconds(1))
    }

    @Test func aFileThatWasMovedAwayIsMadeAnew() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/access.log"
        let file = AccessLogFile(path: path)
        try file.append(Array("one\n".utf8))
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try file.append(Array("two\n".utf8))
        try file.append(Array("three\n".utf8))
        #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "one\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "two\nthree\n")
        let mode = try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode & 0o007 == 0)
    }

    @Test func whatFindsNoRoomIsDroppedAndCounted() throws {
        let log = AccessLog(path: "/nowhere/access.log", logger: Self.quiet)
        var long = record("long")
        long.caller = String(repeating: "x", count: AccessLog.waitingByteCountMax)
        log.append(long)
        #expect(log.droppedCount == 1)
        log.append(record("short"))
        #expect(log.droppedCount == 1)
    }

    @Test func aFileThatCannotBeWrittenIsNamed() {
        #expect(throws: (any Error).self) { try AccessLogFile(path: "/nowhere/access.log").append([0]) }
    }

    @Test func theFileIsThereOnceTheLogIsOpen() throws {
        let folder = try TemporaryFolder()
        try AccessLog(path: folder.path("access.log"), logger: Self.quiet).open()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("access.log"))).isEmpty)
        for path in [folder.path, "/nowhere/access.log", ""] {
            let error = #expect(throws: DataError.self) { try AccessLog(path: path, logger: Self.quiet).open() }
            #expect(error?.kind == .unwritable)
            #expect(error?.message.contains("'\(path)'") == true)
        }
    }

    @Test func aLongPathIsCut() throws {
        var long = record("1")
        long.path = "/" + String(repeating: "p", count: 500)
        #expect(long.json["path"]?.asValue?.text.count == AccessRecord.pathLengthMax)
    }
}
