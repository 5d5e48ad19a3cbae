import Testing

@testable import SlipwayMonitoring

struct SegmentFolderTests {
    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a\\b", "a\0b", "a\nb", String(repeating: "x", count: 129)])
    func aNameThatCouldLeaveTheRootIsRefused(_ name: String) {
        #expect(throws: LogError.self) { try SegmentFolder(root: "/r", environment: "test", model: name) }
        #expect(throws: LogError.self) { try SegmentFolder(root: "/r", environment: name, model: "churn") }
    }

    @Test func theFolderIsNamedAfterEnvironmentAndModel() throws {
        let folder = try SegmentFolder(root: "/logs", environment: "test", model: "churn-v2 ü")
        #expect(folder.path == "/logs/test/churn-v2 ü")
    }
}
