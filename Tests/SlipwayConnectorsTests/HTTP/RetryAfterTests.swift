import SlipwayData
import Testing

@testable import SlipwayConnectors

struct RetryAfterTests {
    private let now = Timestamp("1994-11-06T08:49:30Z") ?? Timestamp(milliseconds: 0)

    @Test(arguments: [
        ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 7), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31_536_000),
    ])
    func aNumberOrAMomentIsATimeToWait(_ text: String, _ seconds: Int) {
        #expect(RetryAfter(text, now: now)?.duration == .seconds(seconds))
    }

    @Test(arguments: ["", "-1", "soon", "1.5", "Sun, 06 Now 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"])
    func anythingElseIsNone(_ text: String) { #expect(RetryAfter(text, now: now) == nil) }
}
