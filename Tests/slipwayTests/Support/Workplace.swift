import Foundation
import SlipwayData
import SlipwayTesting
import Testing

/// A project whose workers refresh, retrain, and score into a table of a database.
struct Workplace {
    let project: TelcoProject
    /// The database of the table.
    let warehouse: any DataSource

    /// Runs a body with a project on SQLite, with the good model as champion.
    static func with(_ body: (Workplace) throws -> Void) throws {
        try TelcoProject.with { project in
            let place = try Workplace(project, warehouse: .sqlite)
            try project.promoteGoodModel()
            try body(place)
        }
    }

    /// Runs a body with two machines: projects of one file, whose only common ground is a PostgreSQL.
    static func withTwoMachines(_ body: (Workplace, Workplace) throws -> Void) throws {
        let server = try PostgreSQLServer.shared.get()
        let database = "d\(UInt64.random(in: 0 ... .max))"
        try server.run("create database \(database)")
        try withTemporaryFolder { folder in
            try TelcoProject.with(at: "\(folder)/a", scratch: folder) { first in
                var first = first
                first.environment["STORE"] = server.url(of: database)
                let settings = try #require(first.text(of: "slipway.yaml"))
                try first.write(
                    "store: \"${STORE}\"\n"
                        + settings.replacing(
                            "production: { store: sqlite }", with: "production: { store: \"${STORE}\" }"),
                    to: "slipway.yaml")
                let place = try Workplace(first, warehouse: .postgres)
                try TelcoProject.with(at: "\(folder)/b", scratch: folder) { second in
                    var second = second
                    second.environment = first.environment
                    try second.write(try #require(first.text(of: "slipway.yaml")), to: "slipway.yaml")
                    try body(place, Workplace(project: second, warehouse: place.warehouse))
                }
            }
        }
    }

    private init(project: TelcoProject, warehouse: any DataSource) {
        self.project = project
        self.warehouse = warehouse
    }

    /// Gives a project a batch and a view with a schedule.
    private init(_ project: TelcoProject, warehouse: WrittenDatabase) throws {
        self.init(project: project, warehouse: try warehouse.add(to: project))
        let settings = try #require(project.text(of: "slipway.yaml"))
        try project.write(
            settings.replacing("key: customer_id\n", with: "key: customer_id\n    refresh: \"0 0 1 1 *\"\n")
                + Self.batches, to: "slipway.yaml")
    }

    /// Starts a worker that loses its runs soon when it is killed.
    func worker(drain: String = "20s") throws -> SlipwayProcess {
        let worker = try project.start(["work", "--lease", "2s", "--drain", drain])
        try worker.wait(until: "the worker works") { worker.outputSoFar.contains("\n") }
        return worker
    }

    /// Ends a worker or a server as an operator would.
    func end(_ process: SlipwayProcess) throws {
        process.signal(SIGTERM)
        let outcome = try process.wait()
        #expect(outcome.status == 0 && !outcome.isSignalled, "\(outcome.messages)")
    }

    /// Makes a run that is due now, and gives its id.
    @discardableResult
    func start(_ job: String, kind: String) throws -> String {
        let document = try project.done("run", "start", job, "--kind", kind, "--json").json
        return try #require(document["id"]?.asValue?.text)
    }

    /// All runs, as the command lists them.
    func runs() throws -> [JSONValue] {
        guard case .array(let runs)? = try project.done("run", "list", "--limit", "1000", "--json").json["runs"] else {
            return []
        }
        return runs
    }

    /// Waits until no run is waiting or running.
    func waitForTheEnd(limit: Double = 600) throws -> [JSONValue] {
        let end = Date(timeIntervalSinceNow: limit)
        while true {
            let runs = try runs()
            let open = runs.filter { ["waiting", "running", "lost"].contains($0["state"]?.asValue?.text) }
            if open.isEmpty { return runs }
            guard Date() < end else { throw SlipwayProcess.Stuck(description: "runs that do not end: \(open)") }
            usleep(100_000)
        }
    }

    /// The customers in the table of scores, one for each row.
    func scoredCustomers() throws -> [Value] {
        guard let column = try warehouse.waited("select customer_id from churn_scores").columns.first else { return [] }
        return (0..<column.count).map { column[$0] }
    }

    private static let batches = """
        batches:
          nightly:
            model: churn
            from: files#customers
            to: warehouse#churn_scores
            mode: merge
            key: customer_id
            keep: customer_id
            schedule: "0 2 29 2 *"

        """
}
