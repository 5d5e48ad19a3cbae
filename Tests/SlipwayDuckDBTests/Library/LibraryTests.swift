import Foundation
import Testing

@testable import SlipwayDuckDB

struct LibraryTests {
    @Test(arguments: [
        ("/x/_duckdb.cpython-311-x86_64-linux-gnu.so", "libpython3.11.so.1.0"),
        ("_duckdb.cpython-39-darwin.so", "libpython3.9.so.1.0"), ("/x/_duckdb.cpython-3.so", nil),
        ("/x/libduckdb.so", nil),
    ])
    func onlyAModuleOfPythonNeedsThePythonOfItsName(path: String, library: String?) {
        #expect(Library.pythonLibrary(of: path) == library)
    }

    @Test(arguments: ["text", nil])
    func aFileThatIsNoLibraryIsNamedWithTheWayOut(content: String?) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-\(UUID().uuidString).so")
        try content.map { try Data($0.utf8).write(to: file) }
        defer { try? FileManager.default.removeItem(at: file) }
        let library = Library(environment: [Library.environmentVariable: file.path])
        #expect(!library.isAvailable)
        #expect(library.reason?.contains(file.path) == true)
        #expect(library.reason?.contains("dev/setup") == true)
        #expect(DuckDBParquet(library: library).absence == library.reason)
    }

    @Test(.enabled(if: Library.shared.isAvailable))
    func anOpenedLibraryStatesItsVersion() {
        #expect(Library.shared.version?.first == "v")
        #expect(Library.shared.reason == nil)
    }
}
