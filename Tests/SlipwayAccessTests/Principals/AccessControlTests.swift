import SlipwayAccess
import Testing

struct AccessControlTests {
    private let caller = Principal(
        .key, id: "4k7q2m5x", scopes: [Scope(.predict, model: "churn"), Scope(.view, model: "price")])

    @Test func oneScopeThatAllowsIsEnough() {
        #expect(AccessControl.decide(caller, .predict, on: .model("churn")) == .allowed)
        #expect(AccessControl.decide(caller, .view, on: .model("price")) == .allowed)
        #expect(AccessControl.decide(.anyone, .administer, on: .server) == .allowed)
    }

    @Test func aRefusalSaysWhatTheCallerMayAndNotWhatExists() throws {
        guard case .refused(let reason) = AccessControl.decide(caller, .view, on: .model("churn")) else {
            throw ConformanceMiss()
        }
        #expect(reason == "this key may not view churn; it is for predict:churn, view:price")
        guard case .refused(let other) = AccessControl.decide(caller, .view, on: .model("absent")) else {
            throw ConformanceMiss()
        }
        #expect(other == reason.replacing("view churn", with: "view absent"))
    }

    @Test func scopesOfTwoModelsDoNotAddUp() {
        #expect(AccessControl.decide(caller, .view, on: .model("churn")) != .allowed)
        #expect(AccessControl.decide(caller, .view, on: .server) != .allowed)
        #expect(AccessControl.decide(caller, .operate, on: .anyModel) != .allowed)
    }

    @Test func aCallerWithoutScopesMayNothing() {
        let nobody = Principal(.token, id: "bot", scopes: [])
        #expect(AccessControl.decide(nobody, .predict, on: .anyModel) != .allowed)
        #expect(nobody.label == "token bot")
        #expect(Principal.anyone.label == nil)
    }
}

private struct ConformanceMiss: Error {}
