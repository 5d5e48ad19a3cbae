import Foundation
import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

/// The native engine against all that `dev/references/engine_sweep.py` could convert; the cases are not committed.
struct EngineSweepTests {
    static let folder = ProcessInfo.processInfo.environment["SLIPWAY_SWEEP"]

    @Test(.enabled(if: folder != nil, "SLIPWAY_SWEEP names no folder of dev/references/engine_sweep.py"))
    func convertedEstimatorsAnswerAsInONNXRuntime() throws {
        let fixtures = try EngineFixture.all(in: URL(filePath: Self.folder ?? ""))
        var passed = 0
        var declined: [String: [String]] = [:]
        var failures: [String] = []
        for fixture in fixtures {
            switch Self.outcome(of: fixture) {
            case .passed: passed += 1
            case .declined(let reason): declined[reason, default: []].append(fixture.name)
            case .failed(let how): failures.append("\(fixture): \(how)")
            }
        }
        print("sweep: \(passed) of \(fixtures.count) cases pass, \(failures.count) fail, the rest is declined:")
        for (reason, names) in declined.sorted(by: { $0.value.count > $1.value.count }) {
            print("  \(names.count) \(reason): \(Set(names.map { $0.prefix { $0 != "-" } }).sorted().prefix(8))")
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    private static func outcome(of fixture: EngineFixture) -> ONNXCase.Outcome {
        do throws(ModelError) {
            let graph = try fixture.graph()
            if case .unsupported(let reasons) = NativeEngine().support(for: graph) {
                let kinds = Set(reasons.map { $0.split(separator: "(", maxSplits: 1).last.map(String.init) ?? $0 })
                return .declined(kinds.sorted().joined(separator: " + "))
            }
            let found = try NativeEngine().load(graph).predict(fixture.inputs)
            // A deviation is the square root of a difference of nearly equal numbers where it is zero.
            let comparison = OutputComparison(
                relative: 1e-5, absolute: fixture.name.hasSuffix("-return_std") ? 1e-2 : 1e-5)
            return comparison.difference(found, from: fixture.outputs).map(ONNXCase.Outcome.failed) ?? .passed
        } catch {
            return error.kind == .unsupportedModel ? .declined("not read: \(error.message)") : .failed(error.message)
        }
    }
}
