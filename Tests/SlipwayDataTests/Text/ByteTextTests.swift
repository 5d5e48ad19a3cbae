import Testing

@testable import SlipwayData

struct ByteTextTests {
    private let composed = ByteText("Z\u{FC}rich")
    private let decomposed = ByteText("Zu\u{308}rich")

    @Test func lettersWrittenInOtherBytesDiffer() {
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(ByteText("\u{212B}") != ByteText("A\u{30A}"))
        #expect([composed: 1, decomposed: 2] == [decomposed: 2, composed: 1])
    }

    @Test func theSameBytesAreEqualHoweverTheyWereMade() {
        let sliced = String("a long text before Z\u{FC}rich".suffix(6))
        #expect(ByteText(sliced) == composed)
        #expect(Set([composed, ByteText(sliced)]).count == 1)
    }

    @Test func bytesGiveTheOrder() {
        #expect([composed, ByteText(""), ByteText("a"), decomposed].sorted().map(\.text.utf8.count) == [0, 8, 7, 1])
    }
}
