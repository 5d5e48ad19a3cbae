import SlipwayData
import Testing

struct ResourceNameTests {
    @Test(arguments: ["a", "churn", "telco-2", "a_b", String(repeating: "x", count: 63)])
    func lowerCaseNamesAreValid(name: String) {
        #expect(ResourceName.isValid(name))
    }

    @Test(arguments: [
        "", "Churn", "2nd", "-a", "_a", "a b", "a/b", "a.b", "ä", "a\n", String(repeating: "x", count: 64),
    ])
    func otherNamesAreNot(name: String) {
        #expect(!ResourceName.isValid(name))
    }

    @Test(arguments: [
        ("Telco Churn", "telco-churn"), ("2024-models", "models"), ("my.project_v2", "my-project_v2"), ("", "project"),
        ("---", "project"), ("Kündigung", "k-ndigung"), ("日本", "project"), ("a-", "a"),
        (String(repeating: "x", count: 80), String(repeating: "x", count: 63)),
    ])
    func anyTextBecomesAValidName(text: String, name: String) {
        #expect(ResourceName.sanitized(text) == name)
        #expect(ResourceName.isValid(ResourceName.sanitized(text)))
    }
}
