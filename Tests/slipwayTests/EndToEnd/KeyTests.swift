import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct KeyTests {
        /// Makes a key and gives its secret and its document.
        private static func key(
            _ project: TelcoProject, _ options: String...
        ) throws -> (key: String, json: JSONValue) {
            let process = try project.start(["key", "create", "--json"] + options)
            let outcome = try process.wait()
            let json = try JSONValue(parsing: Array(outcome.output.utf8))
            guard outcome.status == 0, case .string(let key)? = json["key"] else {
                throw HTTPConnection.Broken(reason: outcome.messages)
            }
            return (key, json)
        }

        @Test func aKeyIsShownOnceAndNeverAgain() throws {
            try TelcoProject.with { project in
                let made = try project.done(
                    "key", "create", "--name", "billing", "--role", "predict", "--expires", "90d")
                let key = made.output.trimmingCharacters(in: .newlines)
                #expect(key.wholeMatch(of: /slw_[a-z2-7]{8}_[a-z2-7]{52}/) != nil)
                #expect(made.messages.contains("billing") && made.messages.contains("shown this once"))
                #expect(!made.messages.contains(key.suffix(52)))
                for command in [["list"], ["list", "--json"], ["audit"], ["audit", "--json"]] {
                    let outcome = try project.start(["key"] + command).wait()
                    #expect(outcome.status == 0)
                    #expect(outcome.output.contains("billing") && !outcome.output.contains(key.suffix(52)))
                }
            }
        }

        @Test func aKeyOpensTheServerUntilItIsRevoked() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let made = try Self.key(project, "--name", "app", "--role", "view", "--model", "churn")
                #expect(made.json["scopes"] == .array(["view:churn"]))
                try RunningServer.with(project) { server in
                    #expect(try server.request("GET", "/models/churn").status == 401)
                    #expect(try server.request("GET", "/health/ready").status == 200)
                    #expect(try server.request("GET", "/models/churn", key: made.key).status == 200)
                    #expect(try server.request("GET", "/metrics", key: made.key).status == 403)
                    try project.done("key", "revoke", "app", "--reason", "a test")
                    try eventually { try server.request("GET", "/models/churn", key: made.key).status == 401 }
                }
                let audit = try project.done("key", "audit").output
                #expect(audit.contains("revoke") && audit.contains("a test") && audit.contains("view:churn"))
            }
        }

        @Test func anAddressThatOthersReachIsServedWithAKeyAndAsksForIt() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let key = try Self.key(project, "--name", "app", "--role", "view").key
                let process = try project.start(["serve", "--host", "0.0.0.0", "--port", "0", "--json"])
                try process.wait(until: "the server says its address") { process.outputSoFar.contains("\n") }
                let line = try JSONValue(parsing: Array(process.outputSoFar.utf8))
                guard case .string(let url)? = line["url"], let port = UInt16(url.split(separator: ":").last ?? "")
                else {
                    Issue.record("no address in \(line.text)")
                    return
                }
                #expect(try HTTPConnection(port: port).request("GET", "/models").status == 401)
                #expect(try HTTPConnection(port: port).request("GET", "/models", key: key).status == 200)
                process.signal(SIGTERM)
                let outcome = try process.wait()
                #expect(outcome.status == 0 && !outcome.messages.contains(key.suffix(52)), "\(outcome.messages)")
            }
        }

        @Test func whenTheLastKeyIsRevokedAPublicServerDoesNotStartAgain() throws {
            try TelcoProject.with { project in
                try project.done("key", "create", "--name", "app", "--role", "view")
                try project.done("key", "revoke", "app")
                let outcome = try project.slipway("serve", "--host", "0.0.0.0", "--port", "0")
                #expect(outcome.status == 1 && outcome.messages.contains("slipway key create"))
            }
        }

        @Test(arguments: [
            ["--name", "a"], ["--role", "view"], ["--name", "a", "--role", "root"],
            ["--name", "a", "--role", "view", "--expires", "soon"],
            ["--name", "a", "--role", "view", "--rate-limit", "x"],
        ])
        func aCommandThatMakesNoSenseMakesNoKey(options: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["key", "create"] + options).wait()
                #expect(outcome.status == 2)
                #expect(try !project.done("key", "list").output.contains("slw_"))
            }
        }

        @Test func mistakesAreNamed() throws {
            try TelcoProject.with { project in
                try project.done("key", "create", "--name", "billing", "--role", "view")
                let cases: [([String], String)] = [
                    (["create", "--name", "billing", "--role", "view"], "billing"),
                    (["create", "--name", "Big Name", "--role", "view"], "Big Name"),
                    (["create", "--name", "b", "--role", "view", "--rate-limit", "0"], "0"),
                    (["create", "--name", "b", "--role", "view", "--model", "A B"], "A B"),
                    (["revoke", "biling"], "Did you mean 'billing'?"),
                ]
                for (arguments, word) in cases {
                    let outcome = try project.start(["key"] + arguments).wait()
                    #expect(outcome.status == 1 && outcome.messages.contains(word), "\(arguments) \(outcome.messages)")
                }
                let list = try project.done("key", "list", "--json").output
                #expect(list.components(separatedBy: "created_at").count == 2)
            }
        }
    }
}
