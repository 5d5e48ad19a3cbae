import SlipwayData
import Testing

struct SnapshotReferenceTests {
    @Test(arguments: [
        ("churn", SnapshotReference.Selector.latest), ("churn@latest", .latest),
        ("churn@3fa9", .digest(prefix: "3fa9")),
        ("churn@" + String(repeating: "a", count: 64), .digest(prefix: String(repeating: "a", count: 64))),
    ])
    func aNameAndWhichOneIsRead(text: String, selector: SnapshotReference.Selector) throws {
        #expect(try SnapshotReference(parsing: text) == SnapshotReference(name: "churn", selector: selector))
    }

    @Test(arguments: [
        "", "@", "@latest", "churn@", "churn@3fa", "churn@XYZW", "churn@3FA9", "Churn", "../churn", "churn/x@latest",
        "churn@latest@latest", "churn@3fa9/..", "churn@" + String(repeating: "a", count: 65), "ch\0urn", "-churn",
    ])
    func anythingElseIsRefused(text: String) {
        let error = #expect(throws: DataError.self) { try SnapshotReference(parsing: text) }
        #expect(error?.kind == .malformed && error?.hint?.contains("NAME@latest") == true)
    }
}
