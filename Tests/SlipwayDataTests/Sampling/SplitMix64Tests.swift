import Testing

@testable import SlipwayData

struct SplitMix64Tests {
    /// The numbers that the algorithm's published form in C gives for this seed.
    @Test
    func theNumbersAreThoseOfThePublishedAlgorithm() {
        var generator = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test
    func aStateThatHasGrownGoesOnWhereTheSequenceStands() {
        var whole = SplitMix64(seed: 0)
        _ = whole.next()
        _ = whole.next()
        var rest = SplitMix64(seed: 2 &* SplitMix64.increment)
        #expect(rest.next() == whole.next())
    }
}
