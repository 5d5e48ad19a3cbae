import Testing

@testable import slipway

struct NameListTests {
    @Test func spacesAroundNamesAreNoneOfThem() {
        #expect(
            NameList(argument: "tenure, monthly charges ,contract")?.names == ["tenure", "monthly charges", "contract"])
    }

    @Test(arguments: ["", ",", "a,", ",a", "a,,b", " "])
    func aMissingNameIsNoList(text: String) {
        #expect(NameList(argument: text) == nil)
    }
}
