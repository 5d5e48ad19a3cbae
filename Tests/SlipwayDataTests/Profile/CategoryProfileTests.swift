import Foundation
import SlipwayData
import Testing

struct CategoryProfileTests {
    private func profile(_ names: some Sequence<String>) -> CategoryProfile {
        var profile = CategoryProfile()
        for name in names { profile.add(name) }
        return profile
    }

    @Test func categoriesAreSortedByCountThenName() {
        let profile = profile(["b", "a", "c", "c"])
        #expect(profile.categories.map(\.name) == ["c", "a", "b"])
        #expect(profile.categories.map(\.count) == [2, 1, 1])
        #expect(profile.otherCount == 0)
        #expect(profile.count(of: "c") == 2)
        #expect(profile.count(of: "z") == 0)
    }

    @Test func theFrequentSurviveAFloodOfTheRare() {
        let profile = profile((0..<50_000).map { $0.isMultiple(of: 10) ? "often" : "rare \($0)" })
        #expect(profile.categories.count == CategoryProfile.categoryCountMax)
        #expect(profile.categories.first == CategoryProfile.Category(name: "often", count: 5_000))
        #expect(profile.otherCount == 50_000 - 5_000 - 999)
    }

    @Test func mergingAddsCounts() {
        var merged = profile(["a", "b"])
        merged.merge(profile(["b", "c"]))
        #expect(merged == profile(["a", "b", "b", "c"]))
        var flooded = profile((0..<5_000).map(String.init))
        flooded.merge(profile((5_000..<10_000).map(String.init)))
        #expect(flooded.count == 10_000)
    }

    @Test func longTextIsCutBetweenCharactersAndStaysTheSameCategory() throws {
        let name = "x" + String(repeating: "é", count: 500)
        let profile = profile([name])
        let cut = try #require(profile.categories.first?.name)
        #expect(cut == "x" + String(repeating: "é", count: 127))
        #expect(profile.count(of: name) == 1)
        #expect(profile.count(of: cut) == 1)
    }

    @Test func aProfileSurvivesJSON() throws {
        let profile = profile(["b", "a", "b"])
        let data = try JSONEncoder().encode(profile)
        #expect(try JSONDecoder().decode(CategoryProfile.self, from: data) == profile)
    }

    @Test(arguments: [
        #"{"categories":["a"],"counts":[],"other_count":0}"#, #"{"categories":["a"],"counts":[0],"other_count":0}"#,
        #"{"categories":["a","a"],"counts":[1,1],"other_count":0}"#,
        #"{"categories":[],"counts":[],"other_count":9223372036854775807}"#,
    ])
    func aProfileThatCannotBeIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CategoryProfile.self, from: Data(text.utf8))
        }
    }
}
