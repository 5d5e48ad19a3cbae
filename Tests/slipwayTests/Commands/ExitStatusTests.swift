import ArgumentParser
import SlipwayData
import Testing

@testable import slipway

struct ExitStatusTests {
    @Test func wrongUsageEndsWith2() {
        #expect(status(of: ["init", "--nonsense"]) == 2)
        #expect(status(of: ["nonsense"]) == 2)
    }

    @Test func helpEndsWith0() {
        #expect(status(of: ["init", "--help"]) == 0)
    }

    @Test func aFailureEndsWith1() {
        #expect(Slipway.exitStatus(reporting: DataError(.unreadable, "a test reports this line")) == 1)
    }

    @Test func aChosenExitCodeIsKept() {
        #expect(Slipway.exitStatus(reporting: ExitCode(7)) == 7)
    }

    private func status(of arguments: [String]) -> Int32 {
        do {
            var command = try Slipway.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch {
            return Slipway.exitStatus(reporting: error)
        }
    }
}
