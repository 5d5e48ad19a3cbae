import Testing

@testable import SlipwayPostgreSQL

struct LibraryTests {
    @Test func versionsAreWrittenAsPeopleWriteThem() {
        #expect(Library.text(ofVersion: 150_018) == "15.18")
        #expect(Library.text(ofVersion: 90_624) == "9.6.24")
    }

    @Test func aFileThatIsNoClientLibraryIsRefusedWithWhatToDo() {
        let library = Library(environment: [Library.environmentVariable: "libc.so.6"])
        #expect(library.functions == nil)
        #expect(library.reason?.contains("'libc.so.6' is no libpq") == true)
    }
}
