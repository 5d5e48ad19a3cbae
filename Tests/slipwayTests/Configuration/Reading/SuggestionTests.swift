import Testing

@testable import slipway

struct SuggestionTests {
    @Test(arguments: [
        ("timout", "timeout"), ("tiemout", "timeout"), ("Timeout", "timeout"), ("max-age", "max_age"),
        ("que", "query"),
    ])
    func aMistypedWordFindsTheWordThatWasMeant(typed: String, meant: String) {
        let words = ["from", "query", "key", "refresh", "max_age", "timeout", "retries"]
        #expect(Suggestion.ending(for: typed, among: words) == "; did you mean '\(meant)'?")
    }

    @Test(arguments: ["", "x", "colour", String(repeating: "timeout", count: 100)])
    func aFarWordFindsNone(typed: String) {
        #expect(Suggestion.ending(for: typed, among: ["timeout", "retries"]) == "; expected timeout or retries")
    }

    @Test func withoutANearWordAllAreListed() {
        #expect(Suggestion.ending(for: "colour", among: ["a", "b", "c"]) == "; expected a, b, or c")
        #expect(Suggestion.ending(for: "colour", among: []) == "")
        let many = (0..<100).map { "source\($0)" }
        #expect(Suggestion.ending(for: "x", among: many).hasSuffix("source11, or 88 more"))
    }
}
