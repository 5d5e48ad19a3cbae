import SlipwayServing
import Testing

@testable import SlipwayGRPC

struct CallTimeoutTests {
    @Test(arguments: [
        ("1H", Duration.seconds(3_600)), ("2M", .seconds(120)), ("30S", .seconds(30)), ("250m", .milliseconds(250)),
        ("7u", .microseconds(7)), ("0n", .zero), ("99999999H", .seconds(359_999_996_400)),
    ])
    func eachUnitIsRead(text: String, expected: Duration) throws {
        #expect(try CallTimeout.duration(of: text) == expected)
    }

    @Test(arguments: ["", "S", "1", "1s", "123456789S", "-1S", "+1S", " 1S", "1 S", "1.5S", "１S", "1SS", "soon", "1é"])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(throws: ServingError.self) { try CallTimeout.duration(of: text) }
    }
}
