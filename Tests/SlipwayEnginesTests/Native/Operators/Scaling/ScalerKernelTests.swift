import SlipwayModel
import Testing

struct ScalerKernelTests {
    @Test
    func oneOffsetServesAllFeatures() throws {
        let node = SingleNode.learning("Scaler", ["offset": .floats([1]), "scale": .floats([2])])
        #expect(try node.run(.floats([1, 2, 3], 1, 3)) == [.floats([0, 2, 4], 1, 3)])
    }

    @Test
    func doublesAreScaledBeforeTheyAreRounded() throws {
        let node = SingleNode.learning("Scaler", ["offset": .floats([1]), "scale": .floats([1])])
        #expect(try node.run(.doubles([1 + 1e-9], 1, 1)) == [.floats([Float((1 + 1e-9) - 1.0)], 1, 1)])
    }

    @Test
    func offsetsForAnotherNumberOfFeaturesAreRefused() {
        let node = SingleNode.learning("Scaler", ["offset": .floats([1, 2]), "scale": .floats([1, 2])])
        #expect(throws: ModelError.self) { try node.run(.floats([1, 2, 3], 1, 3)) }
        let uneven = SingleNode.learning("Scaler", ["offset": .floats([1, 2]), "scale": .floats([1])])
        #expect(throws: ModelError.self) { try uneven.load() }
    }
}
