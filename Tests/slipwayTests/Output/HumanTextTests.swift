import Testing

@testable import slipway

struct HumanTextTests {
    @Test(arguments: [
        (Duration.zero, "0 s"), (.nanoseconds(999), "999 ns"), (.microseconds(850), "850 µs"),
        (.nanoseconds(999_499), "999 µs"), (.nanoseconds(999_500), "1 ms"), (.milliseconds(12), "12 ms"),
        (.microseconds(999_600), "1 s"), (.milliseconds(1_000), "1 s"), (.milliseconds(3_449), "3.4 s"),
        (.milliseconds(3_951), "4 s"), (.milliseconds(9_999), "10 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min"),
        (.seconds(125), "2 min 5 s"), (.seconds(12_000), "3 h 20 min"), (.seconds(187_200), "2 d 4 h"),
        (.seconds(Int64.max), "106751991167300 d 15 h"), (.seconds(-5), "-5 s"),
    ])
    func durationsKeepTheFiguresThatMatter(duration: Duration, text: String) {
        #expect(HumanText.duration(duration) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (1_023, "1023 B"), (1_024, "1 KiB"), (1_536, "1.5 KiB"), (20_971_520, "20 MiB"),
        (1_048_575, "1 MiB"), (-1_536, "-1.5 KiB"), (Int.max, "8 EiB"), (Int.min, "-8 EiB"),
    ])
    func byteCountsArePowersOf1024(count: Int, text: String) {
        #expect(HumanText.byteCount(count) == text)
    }
}
