import SlipwayAccess
import SlipwayTesting
import Testing

struct ScopeTests {
    @Test(arguments: Role.allCases) func aRoleMayAllThatTheOnesBeforeItMay(role: Role) {
        for permission in Permission.allCases {
            let isAllowed = Scope(role).allows(permission, on: .server)
            #expect(isAllowed == (permission.role <= role))
            #expect(Scope(role).allows(permission, on: .model("churn")) == isAllowed)
        }
    }

    @Test func theRolesAreOrderedFromPredictToAdmin() {
        #expect(Role.allCases.sorted() == [.predict, .view, .operate, .admin])
        #expect(Scope(.predict).allows(.feedBack, on: .model("churn")))
        #expect(!Scope(.predict).allows(.view, on: .model("churn")))
        #expect(!Scope(.view).allows(.operate, on: .model("churn")))
        #expect(!Scope(.operate).allows(.administer, on: .server))
    }

    @Test func aScopeOfOneModelReachesNeitherOthersNorTheServer() {
        let scope = Scope(.admin, model: "churn")
        #expect(scope.allows(.administer, on: .model("churn")))
        #expect(scope.allows(.predict, on: .anyModel))
        for subject in [Subject.model("churn2"), .model("chur"), .model(""), .model("Churn"), .server] {
            #expect(!scope.allows(.predict, on: subject), "\(subject)")
        }
    }

    @Test(arguments: ["predict", "view", "operate", "admin", "predict:churn", "admin:a-b_9"])
    func whatIsWrittenIsReadAgain(text: String) { #expect(Scope(text)?.description == text) }

    @Test(arguments: [
        "", ":", "predict:", "predict::churn", "Predict", "predict :churn", "predict:Churn", "predict:churn ",
        "predict:churn:price", "root", "predict:*", "predict:../x", "predict:é", "view\u{0}",
    ])
    func anythingElseIsNoScope(text: String) { #expect(Scope(text) == nil) }

    @Test func damagedScopesAreScopesOfTheirOwnTextOrNone() {
        var generator = SeededGenerator(seed: 41)
        let alphabet = Array("predictviewoeam:_-09 \u{0}é")
        for _ in 0..<5_000 {
            var text = Array("predict:churn")
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                text[Int.random(in: 0..<text.count, using: &generator)] =
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            if let scope = Scope(String(text)) { #expect(scope.description == String(text)) }
        }
    }
}
