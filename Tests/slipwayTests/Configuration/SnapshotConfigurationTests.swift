import SlipwayData
import Testing

@testable import slipway

struct SnapshotConfigurationTests {
    private static let base = """
        project: telco
        sources:
          crm: { type: sqlite, path: crm.db }
          files: { type: csv, path: data }
        features:
          customers: { from: crm, query: select * from customers, key: customer_id, privacy: { plan: hash } }
        models:
          churn:
            target: churn
            train: { command: [sh, train.sh], data: { from: crm, query: select * from labels } }

        """

    private static func snapshots(_ text: String) -> String { base + "snapshots:\n  " + text + "\n" }

    private static func training(_ text: String) -> String {
        base.replacing("query: select * from labels", with: "query: select * from labels, \(text)")
    }

    @Test func rowsAndLimitsAreRead() throws {
        let text = Self.snapshots("history: { from: files, data: customers, keep: 3, max_age: 90d }")
        let entry = try #require(try ConfigurationText.configuration(text).snapshots["history"])
        #expect(entry.rows == SnapshotConfiguration.Rows(source: "files", rows: .table("customers")))
        #expect(entry.retention == SnapshotRetention(countMax: 3, ageMax: .seconds(90 * 86_400)))
    }

    @Test func aNameStandsForAnEntryAModelOrAView() throws {
        let project = try ConfigurationText.configuration(
            Self.snapshots("{ history: { from: files, query: select 1 }, churn: { keep: 2 } }"))
        #expect(try project.snapshotSubject(named: "history").query == "select 1")
        let training = try project.snapshotSubject(named: "churn")
        #expect(training.query == "select * from labels" && training.retention.countMax == 2)
        #expect(training.neededColumn == "churn")
        let view = try project.snapshotSubject(named: "customers")
        #expect(view.query == "select * from customers" && view.rows.privacy.policies == ["plan": .hash])
        let error = #expect(throws: ConfigurationError.self) { try project.snapshotSubject(named: "custmers") }
        #expect(error?.message.contains("did you mean 'customers'?") == true)
    }

    @Test(arguments: [
        ("history: { keep: 3 }", "the key 'from' is missing"),
        ("history: { from: files, query: select 1, keep: 0 }", "whole number from 1"),
        ("history: { from: fils, query: select 1 }", "did you mean 'files'?"),
        ("churn: { from: files, query: select 1 }", "the model churn says which rows these are"),
        ("customers: { privacy: { plan: drop } }", "the feature view customers says which rows these are"),
        ("history: { from: files, query: select 1, data: customers }", "'data' says which rows"),
        ("history: { from: files, query: select 1, as_of: at }", "no effect without 'join'"),
        ("Odd Name: { from: files, query: select 1 }", "is not a name"),
        ("history: { from: files, query: select 1, kep: 3 }", "did you mean 'keep'?"),
        ("history: [1]", "where a mapping belongs"),
    ])
    func mistakesAreNamed(entry: String, problem: String) {
        let problems = ConfigurationText.problems(Self.snapshots(entry))
        #expect(problems.contains(problem), "\(problems)")
    }

    @Test func joinsOfViewsAndOfQueriesAreRead() throws {
        let text = Self.training(
            "as_of: at, join: [{ view: customers, time: since, max_age: 30d }, "
                + "{ from: files, query: select 2, key: id, time: t, prefix: last_ }]")
        let training = try #require(try ConfigurationText.configuration(text).models["churn"]?.training)
        #expect(
            training.pointInTime?.histories == [
                .init(
                    name: "feature view 'customers'", source: "crm", query: "select * from customers",
                    join: AsOfJoin(
                        asOf: "at", key: "customer_id", time: "since", ageMaxMilliseconds: 30 * 86_400_000),
                    privacy: ViewPrivacy(policies: ["plan": .hash])),
                .init(
                    name: "the history of 'files'", source: "files", query: "select 2",
                    join: AsOfJoin(asOf: "at", key: "id", time: "t", prefix: "last_")),
            ])
    }

    @Test func aHistoryComesFromTheSourceOfTheRowsUnlessItSaysOtherwise() throws {
        let text = Self.training("as_of: at, join: [{ query: select 2, key: id, time: t }]")
        let training = try ConfigurationText.configuration(text).models["churn"]?.training
        #expect(training?.pointInTime?.histories.map(\.source) == ["crm"])
    }

    @Test(arguments: [
        ("join: [{ view: customers, time: since }]", "write as_of"),
        ("as_of: at, join: []", "an empty list"),
        ("as_of: at, join: [{ view: custmers, time: since }]", "did you mean 'customers'?"),
        ("as_of: at, join: [{ view: customers, key: id, time: since }]", "'view' says this already"),
        ("as_of: at, join: [{ view: customers }]", "the key 'time' is missing"),
        ("as_of: at, join: [{ query: select 2, time: t }]", "the key 'key' is missing"),
        ("as_of: at, join: [{ view: customers, time: plan }]", "'plan' decides what a row may see"),
        ("as_of: at, join: [{ view: customers, time: t, max_age: soon }]", "is not a duration"),
    ])
    func mistakesInJoinsAreNamed(join: String, problem: String) {
        let problems = ConfigurationText.problems(Self.training(join))
        #expect(problems.contains(problem), "\(problems)")
    }
}
