import SlipwayData
import SlipwayFeatures
import Testing

struct FeatureDigestTests {
    private func digest(_ values: Column.Values, name: String = "a", validity: [Bool]? = nil) throws -> SHA256Digest {
        FeatureDigest.of(try Table(columns: [Column(name: name, values: values, validity: validity)]))
    }

    @Test func everyDifferenceChangesTheDigest() throws {
        let digests = [
            try digest(.integers([1, 2])), try digest(.integers([2, 1])), try digest(.integers([1])),
            try digest(.integers([1, 2]), name: "b"), try digest(.numbers([1, 2])), try digest(.strings(["1", "2"])),
            try digest(.strings(["12", ""])), try digest(.strings(["1", ""])),
            try digest(.strings(["1", ""]), validity: [true, false]), try digest(.booleans([true, false])),
            try digest(.integers([1, 0]), validity: [true, false]), try digest(.integers([1, 0])),
        ]
        #expect(Set(digests).count == digests.count)
    }

    @Test func whatTheStoreCannotTellApartIsEqual() throws {
        #expect(try digest(.numbers([-0.0])) == digest(.numbers([0])))
        #expect(try digest(.numbers([.nan])) == digest(.numbers([1]), validity: [false]))
    }

    @Test(arguments: [0, 1, 9_999, 10_000, 10_001, 20_000]) func rowByRowIsTheSameAsAtOnce(count: Int) throws {
        let table = try Table(columns: [
            Column(name: "a", values: .integers((0..<count).map(Int64.init))),
            Column(name: "b", values: .strings((0..<count).map(String.init))),
        ])
        var digest = FeatureDigest(columns: table.featureColumns)
        for row in 0..<count { digest.add(table.row(row)) }
        #expect(digest.finish() == FeatureDigest.of(table))
    }

    @Test func aDigestIsTheSameOnEveryMachine() throws {
        // SHA-256 of the hex SHA-256 of each piece: the column, then 1 as tag 3 and eight little-endian bytes.
        #expect(try digest(.integers([1])).hex == "5b7b4342ed65fb38b9f8a41733d5cf103e2e1e82b9039d0efcc772a7f41e05da")
    }
}
