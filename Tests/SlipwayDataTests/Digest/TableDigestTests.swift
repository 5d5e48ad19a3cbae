import SlipwayData
import Testing

struct TableDigestTests {
    private func table(_ order: [Int] = [0, 1, 2], name: String = "n") throws -> Table {
        try Table(columns: [
            Column(name: name, values: .integers([1, 2, 3]), validity: [true, false, true]),
            Column(name: "x", values: .numbers([0.5, .nan, -0.0])),
            Column(name: "s", values: .strings(["", "b", "é"]), validity: [true, true, false]),
            Column(name: "b", values: .booleans([true, false, true])),
        ]).selecting(rows: order)
    }

    @Test func theOrderOfRowsDoesNotCount() throws {
        let digest = TableDigest.of(try table())
        for order in [[2, 1, 0], [1, 0, 2]] { #expect(TableDigest.of(try table(order)) == digest) }
    }

    @Test func howOftenARowOccursCounts() throws {
        let digests = try [[0, 1, 2], [0, 0, 1, 2], [0, 1], []].map { TableDigest.of(try table($0)) }
        #expect(Set(digests).count == 4)
    }

    @Test func thePiecesInWhichRowsComeDoNotCount() throws {
        let count = 3_000
        let whole = try Table(columns: [Column(name: "n", values: .integers((0..<count).map(Int64.init)))])
        var digest = TableDigest(columns: [("n", .integer)])
        for start in stride(from: 0, to: count, by: 700) {
            try digest.add(whole.selecting(rows: Array(start..<min(start + 700, count))))
        }
        #expect(digest.finish() == TableDigest.of(whole))
    }

    @Test func namesTypesAndCellsCount() throws {
        func digest(_ name: String, _ values: Column.Values, _ validity: [Bool]? = nil) throws -> SHA256Digest {
            TableDigest.of(try Table(columns: [Column(name: name, values: values, validity: validity)]))
        }
        let digests = try [
            digest("n", .integers([1])), digest("m", .integers([1])), digest("n", .numbers([1])),
            digest("n", .strings(["1"])), digest("n", .booleans([true])), digest("n", .integers([0]), [false]),
            digest("n", .strings([""])), digest("n", .strings([""]), [false]), digest("n", .integers([256])),
        ]
        #expect(Set(digests).count == digests.count)
    }

    @Test func cellsDoNotRunIntoEachOther() throws {
        func digest(_ left: String, _ right: String) throws -> SHA256Digest {
            TableDigest.of(
                try Table(columns: [
                    Column(name: "a", values: .strings([left])), Column(name: "b", values: .strings([right])),
                ]))
        }
        #expect(try digest("ab", "c") != digest("a", "bc"))
    }

    @Test func bothZerosAreOneAndNaNIsMissing() throws {
        func digest(_ number: Double, isThere: Bool = true) throws -> SHA256Digest {
            TableDigest.of(
                try Table(columns: [Column(name: "x", values: .numbers([number]), validity: [isThere])]))
        }
        #expect(try digest(0) == digest(-0.0))
        #expect(try digest(.nan) == digest(7, isThere: false))
        #expect(try digest(0) != digest(.nan))
    }

    @Test func rowsOfOtherTypesAreRefused() throws {
        var digest = TableDigest(columns: [("n", .integer)])
        #expect(throws: DataError.self) {
            try digest.add(Table(columns: [Column(name: "n", values: .strings(["1"]))]))
        }
    }

    /// Computed by Python from the description of the type: hashlib over the columns and the sorted digests of the rows.
    @Test func theDigestIsTheOneThatItsDescriptionGives() throws {
        #expect(TableDigest.of(try table()).hex == TableDigestTests.expected)
    }

    private static let expected = "79c2f26839ff0eda72d9d335d57f07948fad82e42664fc02f9985b229d82d2cd"
}
