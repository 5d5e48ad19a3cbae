import SlipwayData
import Testing

struct PrivacyFilterTests {
    /// A filter whose digest is the text under a one-byte key, so that tests can see what was hashed.
    private func filter(_ policies: [String: PrivacyPolicy]) -> PrivacyFilter {
        PrivacyFilter(policies: policies) { bytes in bytes.map { $0 ^ 0xFF } }
    }

    @Test(arguments: [
        ("+49 30 901820", "***********20"), ("a@b.example", "*********le"), ("12345", "***45"), ("1234", "****"),
        ("x", "*"), ("Zoë Müller👩‍👩‍👧", "*********r👩‍👩‍👧"),
    ])
    func aMaskLeavesTheLastTwoCharactersOfLongerText(text: String, masked: String) {
        #expect(filter(["a": .mask]).apply(to: .string(text), of: "a") == .string(masked))
    }

    @Test func aHashIsTheDigestOfTheTextInHexadecimal() {
        #expect(filter(["a": .hash]).apply(to: .string("A\u{10}"), of: "a") == .string("beef"))
    }

    @Test func aWholeNumberHashesAlikeWhateverItsType() {
        let filter = filter(["a": .hash])
        #expect(filter.apply(to: .integer(7), of: "a") == filter.apply(to: .number(7), of: "a"))
        #expect(filter.apply(to: .integer(7), of: "a") == filter.apply(to: .string("7"), of: "a"))
    }

    @Test func aDroppedFieldIsGoneAndOthersPass() {
        let filter = filter(["a": .drop])
        #expect(filter.apply(to: .string("x"), of: "a") == nil)
        #expect(filter.apply(to: .string("x"), of: "b") == .string("x"))
    }

    @Test func aTableKeepsOrderAndMissingCells() throws {
        let table = try Table(columns: [
            Column(name: "email", values: .strings(["a@b.c", ""]), validity: [true, false]),
            Column(name: "name", values: .strings(["x", "y"])),
            Column(name: "phone", values: .integers([0, 123_456]), validity: [false, true]),
            Column(name: "tenure", values: .integers([1, 2])),
        ])
        let kept = try filter(["email": .hash, "name": .drop, "phone": .mask]).apply(to: table)
        #expect(kept.names == ["email", "phone", "tenure"])
        #expect(kept["email"]?.validity == [true, false])
        #expect(kept["phone"].map { [$0[0], $0[1]] } == [.missing, .string("****56")])
        #expect(kept["tenure"] == table["tenure"])
    }

    @Test func aMisspeltPolicyIsRefused() throws {
        let table = try Table(columns: [Column(name: "email", values: .strings(["a@b.c"]))])
        let error = try #require(throws: DataError.self) { try filter(["emial": .drop]).apply(to: table) }
        #expect(error.message == "a privacy policy names 'emial', but the columns are email")
    }
}
