import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

/// Broken variants of every fixture: the engine may refuse them with its error, and must never trap.
struct NativeEngineFuzzTests {
    @Test(arguments: 0..<8)
    func mutatedGraphsAndInputsGiveAnAnswerOrAModelError(_ seed: Int) throws {
        let sources = try EngineFixture.committed.map { (graph: try $0.graph(), inputs: $0.inputs) }
        var mutator = GraphMutator(seed: UInt64(seed))
        var answered = 0
        var refused = 0
        for _ in 0..<400 {
            let source = sources[mutator.index(below: sources.count)]
            let graph = mutator.mutated(source.graph)
            let inputs = mutator.mutated(source.inputs)
            do {
                _ = NativeEngine().support(for: graph)
                _ = try NativeEngine().load(graph).predict(inputs)
                answered += 1
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        // A mutator that breaks nothing, or everything at the door, would prove little.
        #expect(answered > 20)
        #expect(refused > 80)
    }
}
