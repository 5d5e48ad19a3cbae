import Testing

@testable import slipway

struct DurationTextTests {
    @Test(arguments: [
        ("500ms", 500), ("2s", 2_000), ("15m", 900_000), ("24h", 86_400_000), ("7d", 604_800_000), ("1w", 604_800_000),
        ("3660d", 316_224_000_000),
    ])
    func aNumberWithAUnitIsADuration(text: String, milliseconds: Int) {
        #expect(DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "2", "s", "0s", "-1s", "1.5h", "2 s", "2S", "2sec", "1h30m", "3661d", "9223372036854775807w",
        "99999999999999999999s", "٣s",
    ])
    func anythingElseIsNone(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
