import Foundation
import SlipwayData
import SlipwayTesting
import Testing

extension EndToEnd {
    /// Feature views in a PostgreSQL that is really there, and really gone.
    @Suite(.serialized) struct ReplicationTests {
        /// A step of a replication, and what makes the server dwell on it.
        struct Phase: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var delay: String
        }

        private static let schema = "\"slipway:telco:production\""
        private static let sleep = """
            create function public.dwell() returns trigger language plpgsql as
                $$ begin perform pg_sleep(60); return new; end $$;
            create function public.dwell_on_command() returns event_trigger language plpgsql as
                $$ begin perform pg_sleep(60); end $$;
            create function public.watch() returns event_trigger language plpgsql as
                $$ declare o record; begin
                    for o in select * from pg_event_trigger_ddl_commands() where command_tag = 'CREATE TABLE' loop
                        execute 'create trigger dwell before insert on ' || o.object_identity
                            || ' for each statement execute function public.dwell()';
                    end loop;
                end $$;
            """
        static let phases = [
            Phase(
                testDescription: "the table is made",
                delay: "create event trigger t on ddl_command_end when tag in ('CREATE TABLE') "
                    + "execute function dwell_on_command()"),
            Phase(
                testDescription: "rows are written",
                delay: "create event trigger t on ddl_command_end when tag in ('CREATE TABLE') "
                    + "execute function watch()"),
            Phase(
                testDescription: "the index is built",
                delay: "create event trigger t on ddl_command_end when tag in ('CREATE INDEX') "
                    + "execute function dwell_on_command()"),
            Phase(
                testDescription: "what was read back is recorded",
                delay: "create trigger t before update on \(schema).feature_generations for each row "
                    + "execute function dwell()"),
            Phase(
                testDescription: "readers are switched",
                delay: "create trigger t before update of live_number on \(schema).feature_views for each row "
                    + "execute function dwell()"),
        ]

        /// Runs a body with a project whose production is a database of its own.
        private static func with(_ server: PostgreSQLServer, _ body: (TelcoProject, String) throws -> Void) throws {
            let database = "d\(UInt64.random(in: 0 ... .max))"
            try server.run("create database \(database)")
            try TelcoProject.with { project in
                var project = project
                project.environment["STORE"] = server.url(of: database)
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing(
                        "production: { store: sqlite }", with: "production: { store: \"${STORE}\" }"),
                    to: "slipway.yaml")
                try body(project, database)
            }
        }

        @Test(arguments: phases)
        func aReplicationThatIsKilledLeavesReadersOnTheRowsBefore(_ phase: Phase) throws {
            let server = try PostgreSQLServer.shared.get()
            try Self.with(server) { project, database in
                try project.done("data", "replicate", "customers")
                let before = try Self.digest(project)
                try Self.change(project)
                try server.run(Self.sleep + phase.delay, in: database)
                let replication = try project.start(["data", "replicate", "customers"])
                try replication.wait(until: "the server dwells") { Self.dwells(server, database) }
                replication.signal(SIGKILL)
                #expect(try replication.wait().isSignalled)
                #expect(try Self.digest(project) == before)
                try server.run("drop function dwell, dwell_on_command, watch cascade", in: database)
                #expect(try project.done("data", "replicate", "customers", "--json").json["rows"] == .integer(900))
                #expect(try Self.digest(project) != before)
                let tables = try server.run(
                    "select count(*) from pg_tables where tablename like 'fv_%'", in: database)
                #expect(tables == "2")
            }
        }

        @Test func aServerThatGoesAwayMeanwhileIsNamedAndKeepsTheRowsBefore() throws {
            let server = try PostgreSQLServer()
            try Self.with(server) { project, database in
                try project.done("data", "replicate", "customers")
                let before = try Self.digest(project)
                try Self.change(project)
                try server.run(Self.sleep + Self.phases[1].delay, in: database)
                let replication = try project.start(["data", "replicate", "customers"])
                try replication.wait(until: "the server dwells") { Self.dwells(server, database) }
                try server.stop()
                let outcome = try replication.wait()
                #expect(outcome.status == 1)
                #expect(outcome.messages.contains("cannot be reached"), "\(outcome.messages)")
                #expect(try project.refusal("data", "list").contains("Check that the server runs"))
                try server.startAgain()
                #expect(try Self.digest(project) == before)
            }
        }

        @Test func twoEnvironmentsAreProvenEqualAndTheRowsBeforeComeBack() throws {
            try Self.with(try PostgreSQLServer.shared.get()) { project, _ in
                try project.done("data", "replicate", "customers")
                try project.done("data", "replicate", "customers", "--to", "test")
                #expect(try project.done("data", "compare", "customers").output.contains("the rows are equal"))
                try Self.change(project)
                try project.done("data", "replicate", "customers")
                let differing = try project.slipway("data", "compare", "customers", "--json")
                #expect(differing.status == 1)
                #expect(try differing.json["equal"] == .boolean(false))
                let back = try project.done("data", "replicate", "customers", "--rollback").output
                #expect(back.contains("are live again"))
                try project.done("data", "compare", "customers")
                let message = try project.refusal("data", "replicate", "customers", "--rollback")
                #expect(message.contains("before the one that is live"))
            }
        }

        @Test func ofTwoServersOneRefreshesAndBothAnswer() throws {
            try Self.with(try PostgreSQLServer.shared.get()) { project, _ in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing(
                        "key: customer_id\n", with: "key: customer_id\n    refresh: \"0 0 1 1 *\"\n    max_age: 24h\n"),
                    to: "slipway.yaml")
                try project.promoteGoodModel()
                let servers = [try RunningServer(project), try RunningServer(project)]
                let end = Date(timeIntervalSinceNow: 300)
                while try servers[1].request("GET", "/models/churn/predict?customer_id=1003").status != 200 {
                    guard Date() < end else { break }
                    usleep(100_000)
                }
                for server in servers { _ = try server.prediction(customer: 1003) }
                // The one that did not refresh looks again before it says how old the rows are.
                let metrics = try servers.map { server in
                    var text = ""
                    repeat {
                        usleep(100_000)
                        text = try server.request("GET", "/metrics").body
                    } while !text.contains("slipway_feature_age_seconds{view=\"customers\"}") && Date() < end
                    return text
                }
                let done = "slipway_feature_refreshes_total{view=\"customers\",outcome=\"done\"} 1"
                #expect(metrics.count { $0.contains(done) } == 1)
                #expect(metrics.allSatisfy { $0.contains("slipway_feature_max_age_seconds{view=\"customers\"} 86400") })
                for server in servers {
                    server.process.signal(SIGTERM)
                    #expect(try server.process.wait().status == 0)
                }
            }
        }

        @Test func serversOnOneStoreFollowItsRegistryAndGoOnWhenItIsAway() throws {
            let server = try PostgreSQLServer()
            try Self.with(server) { project, _ in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write("store: \"${STORE}\"\n" + settings, to: "slipway.yaml")
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                let servers = [try RunningServer(project), try RunningServer(project)]
                for server in servers {
                    #expect(try server.prediction(customer: 1003)["version"] == .integer(1))
                }
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                try project.done("model", "promote", "churn@2", "--to", "production", "--force", "--reason", "a test")
                let end = Date(timeIntervalSinceNow: 300)
                for server in servers {
                    while try server.prediction(customer: 1003)["version"] != .integer(2), Date() < end {
                        usleep(50_000)
                    }
                    #expect(try server.prediction(customer: 1003)["version"] == .integer(2))
                }
                try server.stop()
                let record =
                    #"{"customer_id":1003,"tenure":5,"contract":"One year","internet_service":"DSL","#
                    + #""monthly_charges":20.5}"#
                for server in servers {
                    #expect(try server.request("GET", "/models/churn/predict?customer_id=1003").status == 503)
                    #expect(try server.request("POST", "/models/churn/predict", body: record).status == 200)
                }
                try server.startAgain()
                for server in servers {
                    _ = try server.prediction(customer: 1003)
                    server.process.signal(SIGTERM)
                    #expect(try server.process.wait().status == 0)
                }
            }
        }

        @Test func anAddressThatIsNotSetIsNamed() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing("production: { store: sqlite }", with: "production: { store: \"${STORE}\" }"),
                    to: "slipway.yaml")
                let message = try project.refusal("data", "list")
                #expect(message.contains("the environment variable STORE is not set"))
            }
        }

        /// Gives the source other rows than those that were replicated.
        private static func change(_ project: TelcoProject) throws {
            let rows = (0..<900).map { "\($0 + 1_000),\($0 % 70),One year,DSL,\($0 % 90).5,No\n" }.joined()
            try project.write(
                "customer_id,tenure,contract,internet_service,monthly_charges,churn\n" + rows,
                to: "data/customers.csv")
        }

        private static func dwells(_ server: PostgreSQLServer, _ database: String) -> Bool {
            let count = try? server.run(
                "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = '\(database)'")
            return count == "1"
        }

        private static func digest(_ project: TelcoProject) throws -> String {
            let listed = try project.done("data", "list", "--json").json
            guard case .array(let views)? = listed["views"], views.count == 1 else { return "\(listed)" }
            return try #require(views[0]["digest"]?.asValue?.text)
        }
    }
}
