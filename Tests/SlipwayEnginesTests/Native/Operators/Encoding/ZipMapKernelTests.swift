import SlipwayEngines
import SlipwayModel
import Testing

struct ZipMapKernelTests {
    private let map = SingleNode.learning("ZipMap", ["classlabels_int64s": .integers([-1, 7])])

    @Test
    func theClassesBecomeLabelsOfTheColumns() throws {
        let scores = Tensor.floats([0.25, 0.75], 1, 2)
        let answer = try NativeEngine().load(map.graph(of: [scores])).predict(["input0": scores])
        #expect(answer == [PredictorOutput(name: "output0", tensor: scores, labels: ["-1", "7"])])
    }

    @Test
    func scoresForAnotherNumberOfClassesAreRefused() {
        #expect(throws: ModelError.self) { try map.run(.floats([1, 2, 3], 1, 3)) }
    }
}
