import Foundation
import Testing

/// The native engine against the ONNX project's own test cases.
struct ONNXCaseTests {
    /// The cases that pass, by family; none may be lost. More is an occasion to raise the figure.
    static let passing = ["node": 0, "simple": 0, "pytorch-converted": 0, "pytorch-operator": 0]

    @Test(
        .enabled(if: ONNXCase.isInstalled, "Debian's package libonnx-testdata is not installed"),
        arguments: ONNXCase.families)
    func everyClaimedCasePasses(_ family: String) throws {
        var passed = 0
        var declined: [String: Int] = [:]
        var failures: [String] = []
        let cases = try ONNXCase.all(in: family)
        for one in cases {
            switch try one.run() {
            case .passed: passed += 1
            case .declined(let reason): declined[Self.kind(of: reason), default: 0] += 1
            case .failed(let how): failures.append("\(one.folder.lastPathComponent): \(how)")
            }
        }
        print("ONNX \(family): \(passed) of \(cases.count) cases pass, \(failures.count) fail, the rest is declined:")
        for (reason, count) in declined.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            print("  \(count) \(reason)")
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
        #expect(passed >= Self.passing[family] ?? 0)
    }

    /// The reason without the name of the node, so that equal ones are counted together.
    private static func kind(of reason: String) -> String {
        let text = reason.prefix { $0 != "\n" }
        guard text.hasPrefix("node '"), let end = text.range(of: "' (") else { return String(text.prefix(120)) }
        return String(text[end.upperBound...].prefix(120))
    }
}
