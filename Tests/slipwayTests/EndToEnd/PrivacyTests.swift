import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// Personal data, from a source that holds it to what is stored of it.
    struct PrivacyTests {
        /// Five people.
        private static let people = """
            id,full_name,contact,born,plz,phone_service
            1,Ada Lovelace,ada@example.org,1815-12-10,10115,Yes
            2,Alan Turing,alan@example.org,1912-06-23,20095,No
            3,Grace Hopper,grace@example.org,1906-12-09,30159,Yes
            4,Edsger Dijkstra,edsger@example.org,1930-05-11,40210,No
            5,Barbara Liskov,barbara@example.org,1939-11-07,50667,Yes

            """
        private static let key = "SALARIES_KEY"

        /// Has the project keep columns of `people` as a feature view.
        private static func addView(of columns: String, privacy: String, to project: TelcoProject) throws {
            let settings = try #require(project.text(of: "slipway.yaml"))
            let view = """
                features:
                  people:
                    from: files
                    query: select \(columns) from people
                    key: id
                    privacy: { \(privacy) }

                """
            try project.write(settings.replacing("features:\n", with: view), to: "slipway.yaml")
        }

        @Test func aScanPointsAtPersonalColumnsAndShowsNothingOfThem() throws {
            try TelcoProject.with { project in
                try project.write(Self.people, to: "data/people.csv")
                let text = try project.done("data", "scan", "files").output
                for line in [
                    "people  full_name  name        its name            drop",
                    "people  contact    email       100 % of its values  hash",
                ] {
                    let words = line.split(separator: " ").joined(separator: " ")
                    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
                    #expect(lines.contains(words), "\(text)")
                }
                #expect(text.contains("\"born\": { generalise: year }"))
                #expect(!text.contains("phone_service") && !text.contains("example.org") && !text.contains("Ada"))
                let document = try project.done("data", "scan", "files", "--json").json
                guard case .array(let columns)? = document["columns"] else {
                    Issue.record("no list of columns")
                    return
                }
                #expect(columns.map { $0["column"]?.asValue?.text } == ["full_name", "contact", "born", "plz"])
                #expect(columns.allSatisfy { $0["covered"] == .boolean(false) })
                let strict = try project.slipway("data", "scan", "files", "--strict")
                #expect(strict.status == 1 && strict.output == text)
            }
        }

        @Test func whatAViewCoversIsNoFinding() throws {
            try TelcoProject.with { project in
                try project.write(Self.people, to: "data/people.csv")
                try Self.addView(
                    of: "id, full_name, contact, born, plz",
                    privacy:
                        "full_name: drop, contact: hash, born: { generalise: year }, plz: { generalise: { first: 2 } }",
                    to: project)
                let strict = try project.done("data", "scan", "files", "--strict").output
                #expect(strict.contains("covered") && !strict.contains("privacy:"))
                try project.done("data", "replicate", "people")
                let stored = try #require(
                    FileManager.default.contents(atPath: "\(project.path)/.slipway/production.db"))
                let wal = FileManager.default.contents(atPath: "\(project.path)/.slipway/production.db-wal") ?? Data()
                for word in ["Lovelace", "example.org", "1815-12-10", "10115"] {
                    #expect(!(stored + wal).contains(Array(word.utf8)), "\(word)")
                }
                #expect((stored + wal).contains(Array("1815".utf8)))
                let query = "select contact from people -- mail\n ; "
                let one = try project.done("data", "scan", "files", "--query", query, "--json").json
                guard case .array(let columns)? = one["columns"] else {
                    Issue.record("no list of columns")
                    return
                }
                #expect(columns.count == 1 && columns[0]["table"] == .null)
            }
        }

        @Test func anEncryptedColumnIsStoredAsItsPolicyAllows() throws {
            try TelcoProject.with { project in
                let fixture = try JSONValue(parsing: try TelcoProject.privacyFixture())
                guard case .array(let cases)? = fixture["encrypted"], case .array(let cells)? = cases.first?["cells"],
                    let cell = cells.first?.asValue?.text, let key = cases.first?["base64"]?.asValue?.text
                else {
                    Issue.record("no reference")
                    return
                }
                try project.write("id,salary\n1,\(cell)\n", to: "data/people.csv")
                try Self.addView(
                    of: "id, salary",
                    privacy: "salary: { decrypt: \"${\(Self.key)}\", type: number, then: { generalise: 1000 } }",
                    to: project)
                let unset = try project.refusal("data", "replicate", "people")
                #expect(unset.contains("the environment variable \(Self.key) is not set"))
                var keyed = project
                keyed.environment[Self.key] = "short"
                let short = try keyed.refusal("data", "replicate", "people")
                #expect(short.contains("features.people.privacy.salary.decrypt") && !short.contains("short"))
                keyed.environment[Self.key] = String(repeating: "0", count: 32)
                #expect(try keyed.refusal("data", "replicate", "people").contains("row 1 of 'salary'"))
                keyed.environment[Self.key] = key
                try keyed.done("data", "replicate", "people")
                try project.write("\(key)\n", to: "salaries.key")
                try project.write(
                    try #require(project.text(of: "slipway.yaml"))
                        .replacing("\"${\(Self.key)}\"", with: "file:salaries.key"), to: "slipway.yaml")
                let again = try project.done("data", "replicate", "people", "--json").json
                #expect(again["unchanged"] == .boolean(true))
            }
        }
    }
}

extension TelcoProject {
    /// The reference of privacy policies, which the tests of `SlipwayData` read as well.
    fileprivate static func privacyFixture() throws -> Data {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Data(contentsOf: tests.appending(path: "SlipwayDataTests/Fixtures/privacy.json"))
    }
}
