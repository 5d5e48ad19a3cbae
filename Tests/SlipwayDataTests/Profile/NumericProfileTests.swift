import Foundation
import SlipwayData
import Testing

struct NumericProfileTests {
    private func profile(_ numbers: some Sequence<Double>) -> NumericProfile {
        var profile = NumericProfile()
        for number in numbers { profile.add(number) }
        return profile
    }

    private func isClose(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return false }
        return abs(left - right) <= 1e-9 * max(1, abs(right))
    }

    @Test func figuresAgreeWithNumPy() throws {
        let cases = try Fixture.json("profiles.json").elements
        #expect(cases.count == 4)
        for reference in cases {
            let numbers = try #require(reference["values"]).numbers
            let whole = profile(numbers)
            var merged = profile(numbers.prefix(numbers.count / 3))
            merged.merge(profile(numbers.dropFirst(numbers.count / 3)))
            for profile in [whole, merged] {
                #expect(profile.count == numbers.count)
                #expect(isClose(profile.mean, reference.number("mean")))
                #expect(isClose(profile.standardDeviation, reference.number("standard_deviation")))
                #expect(profile.minimum == reference.number("minimum"))
                #expect(profile.maximum == reference.number("maximum"))
                #expect(profile.sketch.quantiles(reference["shares"]?.numbers ?? []) == reference["quantiles"]?.numbers)
            }
        }
    }

    @Test func oneNumberHasNoDeviation() {
        #expect(profile([1]).standardDeviation == nil)
        #expect(profile([]).minimum == nil)
    }

    @Test func hugeNumbersCanStillBeWritten() throws {
        var profile = profile([.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
        profile.merge(self.profile([-.greatestFiniteMagnitude, 1e200]))
        #expect(profile.mean.isFinite)
        let data = try JSONEncoder().encode(profile)
        #expect(try JSONDecoder().decode(NumericProfile.self, from: data) == profile)
    }
}
