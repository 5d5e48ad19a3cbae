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

    @Test func coarserColumnsKeepTheirTypesAndMissingCells() throws {
        let table = try Table(columns: [
            Column(name: "born", values: .strings(["1815-12-10", ""]), validity: [true, false]),
            Column(name: "income", values: .integers([4_250, 0]), validity: [true, false]),
            Column(name: "zip", values: .integers([10_115, 20_095])),
        ])
        let kept = try filter([
            "born": .generalise(.date(.year)), "income": .generalise(.width(1000)), "zip": .generalise(.first(2)),
        ]).apply(to: table)
        #expect(kept.columns.map(\.type) == [.string, .integer, .string])
        #expect(kept.row(0) == [.string("1815"), .integer(4_000), .string("10")])
        #expect(kept.row(1) == [.missing, .missing, .string("20")])
    }

    @Test func aCellThatCannotBeMadeCoarserIsRefusedByItsRowAlone() throws {
        let table = try Table(columns: [Column(name: "born", values: .strings(["1815-12-10", "10.12.1815"]))])
        let error = #expect(throws: DataError.self) {
            try filter(["born": .generalise(.date(.month))]).apply(to: table)
        }
        #expect(
            error?.message
                == "row 2 of 'born' cannot be made coarser: it is not a date such as 2026-03 or 2026-03-01")
    }

    @Test func anEncryptedColumnIsDecryptedBeforeItsPolicy() throws {
        let encrypted = try #require(try Fixture.json("privacy.json")["encrypted"]?.elements.first)
        let cell = try #require(encrypted["cells"]?.texts.first)
        let cipher = try ColumnCipher(key: try #require(encrypted.text("base64")), type: .number)
        let table = try Table(columns: [Column(name: "salary", values: .strings([cell]))])
        func kept(_ policies: [String: PrivacyPolicy]) throws -> Table {
            try PrivacyFilter(policies: policies, ciphers: ["salary": cipher]) { $0 }.apply(to: table)
        }
        #expect(try kept([:]).row(0) == [.number(4200.5)])
        #expect(try kept(["salary": .generalise(.width(1000))]).row(0) == [.number(4000)])
        #expect(try kept(["salary": .drop]).names.isEmpty)
        let misspelt = PrivacyFilter(policies: [:], ciphers: ["celery": cipher]) { $0 }
        #expect(throws: DataError.self) { try misspelt.apply(to: table) }
    }
}
