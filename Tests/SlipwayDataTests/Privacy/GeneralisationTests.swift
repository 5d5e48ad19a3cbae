import SlipwayData
import SlipwayTesting
import Testing

struct GeneralisationTests {
    private func coarser(_ value: Value, _ rule: Generalisation) -> Value? {
        PrivacyFilter(policies: ["a": .generalise(rule)]) { $0 }.apply(to: value, of: "a")
    }

    @Test func numbersBecomeTheLowerEndOfTheirIntervalAsNumPyHasIt() throws {
        let cases = try Fixture.json("privacy.json")["intervals"]?.elements ?? []
        try #require(!cases.isEmpty)
        for interval in cases {
            let width = try #require(interval.number("width"))
            let values = interval["values"]?.numbers ?? []
            let ends = interval["ends"]?.numbers ?? []
            try #require(!values.isEmpty && values.count == ends.count)
            for (value, end) in zip(values, ends) {
                #expect(coarser(.number(value), .width(width)) == .number(end), "\(value) by \(width)")
            }
        }
    }

    @Test(
        arguments: [
            (37, 10.0, Value.integer(30)), (-1, 10, .integer(-10)), (-10, 10, .integer(-10)), (0, 10, .integer(0)),
            (7, 2.5, .number(5)), (.min, 10, .integer(.min)), (.max, 10, .integer(.max - 7)),
            (5, 1e300, .number(0)),
        ] as [(Int64, Double, Value)])
    func wholeNumbersStayWholeWhereTheWidthIs(whole: Int64, width: Double, end: Value) {
        #expect(coarser(.integer(whole), .width(width)) == end)
    }

    @Test func whatIsCoarserAlreadyStaysAsItIs() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let width = Double.random(in: 1e-3...1e3, using: &generator)
            let value = Double.random(in: -1e6...1e6, using: &generator)
            guard let once = coarser(.number(value), .width(width)), let end = once.asNumber else {
                Issue.record("\(value) by \(width)")
                continue
            }
            #expect(coarser(once, .width(width)) == once, "\(value) by \(width)")
            #expect(end <= value && value - end <= width * (1 + 1e-9), "\(value) by \(width)")
        }
    }

    @Test(arguments: [
        ("2026-03-01", Generalisation.DatePart.year, "2026"), ("2026-03-01", .month, "2026-03"),
        ("2026-03-01T09:30:00Z", .day, "2026-03-01"), ("2026-03", .month, "2026-03"), ("2026", .year, "2026"),
    ])
    func datesKeepTheirBeginning(text: String, part: Generalisation.DatePart, beginning: String) {
        #expect(coarser(.string(text), .date(part)) == .string(beginning))
    }

    @Test(arguments: ["01.03.2026", "20260301", "202", "2026/03/01", "March 2026", "", "２０２６-03-01"])
    func whatIsNoDateIsNotKept(text: String) {
        #expect(coarser(.string(text), .date(.year)) == .missing)
        #expect(coarser(.string(text), .date(.day)) == .missing)
    }

    @Test func textsKeepTheirFirstCharacters() {
        #expect(coarser(.string("10115"), .first(2)) == .string("10"))
        #expect(coarser(.integer(10115), .first(2)) == .string("10"))
        #expect(coarser(.string("é"), .first(2)) == .string("é"))
    }

    @Test func aValueOfAnotherKindIsNotKept() {
        #expect(coarser(.string("4200"), .width(1000)) == .missing)
        #expect(coarser(.number(.infinity), .width(1000)) == .missing)
        #expect(coarser(.boolean(true), .width(1)) == .missing)
        #expect(coarser(.missing, .width(1000)) == .missing)
        #expect(coarser(.integer(1815), .date(.year)) == .integer(1815))
        #expect(coarser(.integer(18_150_101), .date(.year)) == .missing)
    }
}
