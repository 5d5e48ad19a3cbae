import Testing

@testable import slipway

struct SecretPolicyTests {
    @Test(arguments: ["postgres://u:pw@h/db", "https://u:p@ss@h", "host=h password=pw", "https://h/?a=1&token=pw"])
    func aPasswordInClearIsSeen(text: String) {
        #expect(SecretPolicy.holdsClearPassword(text))
    }

    @Test(arguments: [
        "postgres://u@h/db", "postgres://u:${PW}@h/db", "https://h:8080/a", "select 'a:b@c'", "password=${PW}",
        "mail me: a@b.c",
    ])
    func referencesAndAddressesAreNot(text: String) {
        #expect(!SecretPolicy.holdsClearPassword(text))
    }

    @Test func redactionLeavesNoPassword() {
        #expect(SecretPolicy.redacted("a://u:pw@h b://v:pw2@h password=pw3") == "a://u:***@h b://v:***@h password=***")
        let many = String(repeating: "a://u:pw@h ", count: 40)
        #expect(!Quotation.shortened(many).contains("pw"))
    }

    @Test(arguments: ["${NAME}", "file:secret.txt"])
    func referencesAreKnown(text: String) {
        #expect(SecretPolicy.isReference(text))
    }

    @Test(arguments: ["", "NAME", "file:", "${A}${B}", "x${A}", "${A}x"])
    func otherTextsAreNoReferences(text: String) {
        #expect(!SecretPolicy.isReference(text))
    }
}
