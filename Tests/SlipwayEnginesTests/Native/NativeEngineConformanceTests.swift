import SlipwayEngines
import SlipwayModel
import Testing

/// The native engine against every fixture that ONNX Runtime has answered.
struct NativeEngineConformanceTests {
    /// What two engines may differ by, relative to the larger value, and absolutely near zero.
    private static let tolerance = (relative: 1e-5, absolute: 1e-6)

    @Test(arguments: EngineFixture.all)
    func theNativeEngineAgreesWithONNXRuntime(_ fixture: EngineFixture) throws {
        let graph = try fixture.graph()
        #expect(NativeEngine().support(for: graph) == .supported)
        let predictor = try NativeEngine().load(graph)
        let answers = try predictor.predict(try fixture.inputs())
        let expected = try fixture.outputs()
        #expect(answers.map(\.name) == expected.map(\.name))
        for (answer, wanted) in zip(answers, expected) {
            #expect(answer.labels == wanted.labels)
            #expect(answer.tensor.shape == wanted.tensor.shape, "\(answer.name)")
            #expect(Self.firstDifference(answer.tensor, wanted.tensor) == nil, "\(answer.name)")
        }
    }

    @Test
    func thereAreFixturesToAgreeOn() {
        #expect(EngineFixture.all.count >= 70)
    }

    /// The first place where two tensors differ by more than the tolerance, as text.
    private static func firstDifference(_ left: Tensor, _ right: Tensor) -> String? {
        guard left.elementType == right.elementType else { return "\(left.elementType) is not \(right.elementType)" }
        guard left.count == right.count else { return "\(left.count) elements are not \(right.count)" }
        guard let a = left.asDoubles, let b = right.asDoubles else { return left == right ? nil : "texts differ" }
        for (index, (x, y)) in zip(a, b).enumerated() where x != y && !(x.isNaN && y.isNaN) {
            let allowed = tolerance.absolute + tolerance.relative * max(abs(x), abs(y))
            if !(abs(x - y) <= allowed) { return "element \(index): \(x) is not \(y)" }
        }
        return nil
    }
}
