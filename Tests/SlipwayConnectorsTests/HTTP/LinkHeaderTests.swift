import SlipwayTesting
import Testing

@testable import SlipwayConnectors

struct LinkHeaderTests {
    @Test(arguments: [
        ("<https://a/?p=2>; rel=\"next\"", "https://a/?p=2"), ("</p?x=1,2>; rel=next; title=\"x\"", "/p?x=1,2"),
        ("<a>; rel=\"prev\", <b>; Rel=\"last next\"", "b"), ("<a>;rel=prev", nil), ("next", nil), ("", nil),
        ("<a", nil), ("<a>; rel", nil), ("<a>; title=\"next\"", nil),
    ])
    func theAddressOfTheNextPageIsFound(_ header: String, _ address: String?) {
        #expect(LinkHeader.next(header) == address)
    }

    @Test func noHeaderTrapsIt() {
        var numbers = SeededGenerator(seed: 7)
        let header = Array("<https://a/?p=2>; rel=\"next\", <b>; rel=prev".utf8)
        for _ in 0..<2_000 {
            let mutated = String(decoding: numbers.mutating(header), as: UTF8.self)
            #expect(LinkHeader.next(mutated).map(mutated.contains) ?? true)
        }
    }
}
