import SlipwayServing
import Testing

@testable import slipway

@Suite struct ServingConfigurationTests {
    private static func limits(_ text: String) throws -> ServingLimits {
        try ConfigurationText.configuration("project: telco\nserving:\n  limits: \(text)\n").serving.limits
    }

    private static func problems(_ text: String) -> String {
        ConfigurationText.problems("project: telco\nserving:\n  limits: \(text)\n")
    }

    @Test func whatIsNotSaidKeepsItsDefault() throws {
        #expect(try ConfigurationText.configuration("project: telco\n").serving.limits == ServingLimits())
        var expected = ServingLimits()
        (expected.bodyByteCountMax, expected.requestCountMax) = (1 << 20, 64)
        expected.requestTime = .seconds(5)
        let limits = try Self.limits("{ body_size: 1MiB, concurrent_requests: 64, request_time: 5s }")
        #expect(limits == expected)
    }

    @Test func everyLimitCanBeWrittenAsItIsSaid() throws {
        var limits = ServingLimits()
        limits.slowPredictionTime = .milliseconds(7)
        limits.headerCountMax = 50
        let text = limits.settings.map { "\($0.key): \($0.text)" }.joined(separator: ", ")
        #expect(try Self.limits("{ \(text) }") == limits)
        #expect(limits.settings.count == Mirror(reflecting: limits).children.count)
    }

    @Test func mistakesAreNamed() {
        #expect(Self.problems("{ bodysize: 1MiB }").contains("did you mean 'body_size'?"))
        #expect(Self.problems("{ body_size: 10 }").contains("is not a size"))
        #expect(Self.problems("{ body_size: 1B }").contains("is not from 1000 to 1000000000 bytes"))
        #expect(Self.problems("{ rows: 0 }").contains("is not a whole number from 1 to 1000000"))
        #expect(Self.problems("{ idle_time: 0s }").contains("is not a duration"))
        #expect(Self.problems("{ idle_time: 2d }").contains("a limit is a day at most"))
        #expect(Self.problems("{ body_size: 10MiB, bodies_size: 1MiB }").contains("room for one body"))
        #expect(ConfigurationText.problems("project: telco\nserving: { limit: {} }\n").contains("'limits'"))
    }
}
