import Testing

@testable import SlipwayEngines

struct ShortTextTests {
    @Test
    func aTextOfUpToFifteenBytesIsTakenHoweverItIsStored() {
        for count in 0...ShortText.byteLimit {
            var roomy = String(repeating: "a", count: 40)
            roomy.removeLast(40 - count)
            let plain = String(repeating: "a", count: count)
            #expect(ShortText(roomy) == ShortText(plain))
            #expect(ShortText(inline: plain) == ShortText(plain))
        }
        #expect(ShortText(String(repeating: "a", count: ShortText.byteLimit + 1)) == nil)
        #expect(ShortText(inline: String(repeating: "é", count: ShortText.byteLimit)) == nil)
    }

    @Test
    func textsThatDifferInAByteOrInLengthDiffer() {
        let texts = ["", "\u{0}", "\u{0}\u{0}", "a", "b", "abcdefgh", "abcdefg", "abcdefghi", "é", "e\u{301}"]
        #expect(Set(texts.map { ShortText($0) }).count == texts.count)
    }

    @Test
    func shortStringsHoldTheirBytesOnThisPlatform() {
        // Where they do not, texts are looked up more slowly, and this says so.
        #expect(ShortText.areInline)
    }
}
