import SlipwayTesting
import Testing

@testable import SlipwayData

struct PersonalColumnTests {
    private func found(_ name: String, _ texts: [String]) throws -> PersonalColumn? {
        let validity = texts.map { !$0.isEmpty }
        return PersonalColumn.scan(
            try Table(columns: [Column(name: name, values: .strings(texts), validity: validity)])
        ).first
    }

    @Test(arguments: [
        ("a@b.example", PersonalDataKind.email), ("Zoë.O'Hara+x@mail.example.org", .email),
        ("+49 30 901820", .phone), ("0049 30 901820", .phone), ("(030) 90 18 20", .phone), ("555-867-5309", .phone),
        ("4111 1111 1111 1111", .paymentCard), ("5500-0000-0000-0004", .paymentCard), ("378282246310005", .paymentCard),
        ("DE89 3704 0044 0532 0130 00", .bankAccount), ("GB82WEST12345698765432", .bankAccount),
        ("192.168.1.20", .ipAddress), ("2001:db8::1", .ipAddress), ("fe80:0:0:0:1:2:3:4", .ipAddress),
    ])
    func valuesTellWhatTheNameOfAColumnDoesNot(text: String, kind: PersonalDataKind) throws {
        let column = try #require(try found("c1", [text, "", text]))
        #expect(column.kind == kind)
        #expect(column.evidence == .values(share: 1))
        #expect(column.proposal == kind.proposal)
    }

    @Test(arguments: [
        "2026-03-01", "01.03.2026", "1/3/26", "12:30:05", "0.1234567", "1234567", "00012345", "4111 1111 1111 1112",
        "0000000000000000", "DE88 3704 0044 0532 0130 00", "1.2.3", "256.1.1.1", "a@b", "@example.org",
        "12-34", "month-to-month", "hello", "10.5", "-1234567.25", "123456789012345678901234567890",
    ])
    func whatOnlyLooksABitLikeItIsNone(text: String) throws {
        #expect(try found("c1", [text, text]) == nil)
    }

    @Test func aMailAddressWithinAFewLongerTextsIsFound() throws {
        let notes = (0..<19).map { "called, no answer \($0)" } + ["wrote to <ada@example.org>, waits"]
        let column = try #require(try found("notes", notes))
        #expect(column.kind == .email)
        #expect(column.evidence == .values(share: 0.05))
        #expect(try found("notes", notes + ["one more"]) == nil)
    }

    @Test(arguments: [
        ("customerEmail", PersonalDataKind.email), ("E-Mail", .email), ("last_name", .name), ("Nachname", .name),
        ("NAME", .name), ("home_address", .address), ("client_ip_address", .ipAddress), ("date_of_birth", .birthDate),
        ("DOB", .birthDate), ("plz", .postcode), ("zip_code", .postcode), ("mobilePhone", .phone),
        ("iban", .bankAccount),
        ("credit_card_type", .paymentCard), ("passport_no", .nationalID), ("geo-lat", .location),
    ])
    func namesTellWhatTheValuesDoNot(name: String, kind: PersonalDataKind) throws {
        let column = try #require(try found(name, ["one", "two", "three", "four", "five"]))
        #expect(column.kind == kind)
        #expect(column.evidence == .name)
    }

    @Test(arguments: ["tenure", "filename", "product_name", "plan", "lattice", "card_present", "telemetry", "mailing"])
    func otherNamesTellNothing(name: String) throws {
        #expect(try found(name, ["one", "two", "three", "four", "five"]) == nil)
    }

    @Test func aFlagOfAPersonalNameIsNone() throws {
        #expect(try found("phone_service", ["Yes", "No", "Yes", "Yes", "No", "no line"]) == nil)
        let flags = Column(name: "email", values: .booleans([true, false, true, true, true]))
        #expect(PersonalColumn.scan(try Table(columns: [flags])).isEmpty)
    }

    @Test func aColumnWithoutValuesIsToldByItsName() throws {
        #expect(try found("email", ["", ""])?.evidence == .name)
        #expect(try found("email", [])?.evidence == .name)
    }

    @Test func aPolicyThatTheValuesDoNotFitIsNotProposed() throws {
        #expect(try found("born", ["2001-02-03", "1999-01-01"])?.proposal == .generalise(.date(.year)))
        #expect(try found("born", ["3.2.2001", "1.1.1999"])?.proposal == .drop)
        let numbers = Column(name: "latitude", values: .numbers([52.5, .nan, 48.1, 53.6, 50.9]))
        #expect(PersonalColumn.scan(try Table(columns: [numbers])).map(\.proposal) == [.generalise(.width(0.1))])
        #expect(try found("latitude", ["52.5 N", "48.1 N"])?.proposal == .drop)
    }

    @Test func textsOfEveryShapeAreLookedAt() throws {
        var generator = SeededGenerator(seed: 11)
        let letters = Array("0123456789+-() ./:@abcDE\u{e9}\u{1F468}\u{200D}\u{1F467}\0\n٣")
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &generator)]
                })
            for kind in PersonalDataKind.allCases { _ = kind.recognises(text[...]) }
            _ = PersonalName.kind(of: text)
            #expect(PersonalName.parts(of: text).allSatisfy { !$0.isEmpty })
        }
    }
}
