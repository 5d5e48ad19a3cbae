import Testing

@testable import slipway

struct StoreSchemaTests {
    @Test func aSchemaIsNamedAfterItsProjectAndEnvironment() {
        #expect(StoreSchema.name(project: "telco") == "slipway:telco")
        #expect(StoreSchema.name(project: "telco", environment: "test") == "slipway:telco:test")
    }

    @Test func namesThatAreTooLongForPostgreSQLStayApart() {
        let long = String(repeating: "a", count: 63)
        let names = [
            StoreSchema.name(project: long), StoreSchema.name(project: long, environment: "b"),
            StoreSchema.name(project: long, environment: "c"),
        ]
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.utf8.count <= StoreSchema.byteCountMax })
    }
}
