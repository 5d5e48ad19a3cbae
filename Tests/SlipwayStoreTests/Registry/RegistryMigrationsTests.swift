import SlipwayData
import SlipwayRegistry
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

struct RegistryMigrationsTests {
    @Test func aStoreFromBeforeChallengersKeepsItsDeploymentsAndTakesChallengers() throws {
        typealias Kit = RegistryStoreConformance
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase(path: folder.path("registry.db"))
        try database.migrate(Array(RegistryMigrations.all.prefix(1)), component: "registry")
        try database.write { connection in
            try connection.executeScript(
                """
                insert into models values ('churn', '2026-01-01T00:00:00.000Z');
                insert into versions values ('churn', 1, '\(Kit.digest("a").hex)', '2026-01-01T00:00:00.000Z', 'ada');
                insert into deployments values ('production', 'churn', 1, 3, '2026-01-01T00:00:00.000Z')
                """)
        }
        let store = try SQLRegistryStore(database)
        let deployment = try #require(try store.deployment(of: "churn", in: "production"))
        #expect(deployment.champion == 1 && deployment.revision == 3 && deployment.challenger == nil)
        try Kit.register(["b"], in: store)
        let after = try store.apply(Kit.change(to: Kit.challenger(2), store: store))
        #expect(after.challenger == Kit.challenger(2) && after.revision == 4)
    }
}
