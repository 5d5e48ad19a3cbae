import Testing

@testable import SlipwayData

struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("chrun", "churn", 1),
        ("ab", "ba", 1), ("abc", "ca", 3), ("über", "uber", 1),
    ])
    func theDistanceCountsEditsAndSwaps(left: String, right: String, wanted: Int) {
        #expect(Spelling.distance(left, right) == wanted)
        #expect(Spelling.distance(right, left) == wanted)
    }

    @Test(arguments: [
        ("chrun", "churn"), ("tenur", "tenure"), ("Tenure", "tenure"), ("monthly_charge", "monthly_charges"),
    ])
    func aSlipOfTheFingerIsUnderstood(name: String, wanted: String) {
        #expect(Spelling.nearest(to: name, among: ["monthly_charges", "tenure", "churn"]) == wanted)
    }

    @Test(arguments: ["", "x", "price", "t", String(repeating: "tenure", count: 11)])
    func aNameThatIsNothingLikeItIsNotGuessed(name: String) {
        #expect(Spelling.nearest(to: name, among: ["tenure", "y", ""]) == nil)
    }

    @Test func theNearestOneWins() {
        #expect(Spelling.nearest(to: "contract_a", among: ["contract_xy", "contract_b", "contact"]) == "contract_b")
        #expect(Spelling.nearest(to: "anything", among: []) == nil)
    }
}
