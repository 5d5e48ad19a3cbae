import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct TextPlacesTests {
    /// Texts of every length around the eight bytes that are read at a time, and with the same first bytes.
    private let texts = (0..<40).map { String(repeating: "a", count: $0) } + ["é", "e\u{301}", "\u{0}", "\u{0}\u{0}"]

    @Test
    func everyTextIsFoundWhereItStands() {
        let places = TextPlaces(texts, prefersLast: false)
        #expect(texts.map { places.place(of: $0) } == Array(texts.indices))
        #expect(places.place(of: "b") == -1)
        #expect(places.place(of: String(repeating: "a", count: 40)) == -1)
        #expect(TextPlaces([], prefersLast: false).place(of: "") == -1)
    }

    @Test
    func everySoManyTextsAreFoundTogether() {
        let places = TextPlaces(texts, prefersLast: false)
        var found: [Int] = []
        places.forEachPlace(of: texts + ["b"], from: 2, by: 3, count: 14) { index, place in
            #expect(index == found.count)
            found.append(place)
        }
        #expect(found == Array(stride(from: 2, to: 44, by: 3)))
        places.forEachPlace(of: [], count: 0) { _, _ in Issue.record("there is no text") }
    }

    @Test
    func ofATextGivenTwiceTheFirstOrTheLastCounts() {
        #expect(TextPlaces(["x", "y", "x"], prefersLast: false).place(of: "x") == 0)
        #expect(TextPlaces(["x", "y", "x"], prefersLast: true).place(of: "x") == 2)
    }

    @Test(arguments: [[1, 2, 3, 9], [Int64.min, 0, .max], [5], [7, -9_000_000_000, 7, 12]])
    func numbersAreFoundNearAndFarApart(_ keys: [Int64]) {
        let first = NumberPlaces(keys, prefersLast: false)
        let last = NumberPlaces(keys, prefersLast: true)
        for key in keys {
            #expect(first.place(of: key) == keys.firstIndex(of: key))
            #expect(last.place(of: key) == keys.lastIndex(of: key))
        }
        let strangers: [Int64] = [4, -1, 8, .min + 1, .max - 1]
        for stranger in strangers where !keys.contains(stranger) {
            #expect(first.place(of: stranger) == -1)
        }
    }
}
