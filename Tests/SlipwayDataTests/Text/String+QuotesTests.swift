import Testing

@testable import SlipwayData

struct StringQuotesTests {
    @Test(arguments: [
        (
            #"invalid input syntax for type integer: "ada@x.org +49 170""#,
            #"invalid input syntax for type integer: "…""#
        ),
        (#"value "5" is out of range, not "6" of it"#, #"value "…" of it"#), ("nothing", "nothing"), ("\"", "\""),
        ("", ""),
    ])
    func nothingBetweenTheFirstAndTheLastMarkIsLeft(text: String, rest: String) {
        #expect(text.leavingOut(between: "\"") == rest)
    }
}
