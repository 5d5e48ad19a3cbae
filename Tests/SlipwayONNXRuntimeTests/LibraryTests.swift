import Foundation
import Testing

@testable import SlipwayONNXRuntime

struct LibraryTests {
    @Test func aFileThatIsNoLibraryIsNamedWithTheWayOut() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-\(UUID().uuidString).so")
        try Data("text".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let library = Library(environment: [Library.environmentVariable: file.path])
        #expect(!library.isAvailable)
        #expect(library.reason?.contains(file.path) == true)
        #expect(library.reason?.contains("dev/setup") == true)
    }

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable))
    func anOpenedLibraryStatesItsVersion() {
        let library = ONNXRuntimeEngineTests.library
        #expect(library.version?.first?.isNumber == true)
        #expect(library.reason == nil)
    }
}
