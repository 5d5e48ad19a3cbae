import Foundation
import SlipwayData
import Testing

@testable import slipway

struct ProjectStarterTests {
    @Test func aNewFolderBecomesAValidProject() throws {
        try withTemporaryFolder { root in
            let outcome = try ProjectStarter(directory: "deep/Telco Churn", current: root).start()
            #expect(outcome.name == "telco-churn")
            #expect(outcome.created == ["slipway.yaml", "data/customers.csv", "README.md", ".gitignore"])
            let project = try ProjectConfiguration.load(from: outcome.folder)
            #expect(project.name == "telco-churn")
            #expect(project.notices.isEmpty)
            let source = try project.source(named: "files")
            let data = try project.address(of: source, environment: [:])
            #expect(FileManager.default.fileExists(atPath: data + "/customers.csv"))
        }
    }

    @Test func theCommentedPartsAreValidWhenTheyAreUncommented() throws {
        let text = try #require(ProjectTemplate(name: "telco").files.first).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // Sentences start with a capital letter; settings that are commented out do not.
        let uncommented = lines.map { line -> String in
            guard let mark = line.firstRange(of: "# ") else { return line }
            let rest = line[mark.upperBound...].drop { $0 == " " || $0 == "-" }
            return rest.first?.isUppercase ?? true
                ? line : line.replacingCharacters(in: mark, with: "")
        }
        let project = try ConfigurationText.configuration(uncommented.joined(separator: "\n"))
        #expect(project.sources.keys.sorted() == ["crm", "files", "warehouse"])
        #expect(project.models["churn"]?.privacy == ["contract": .hash])
        #expect(project.models["churn"]?.gate.count == 3)
        #expect(project.models["churn"]?.training?.source == "files")
        #expect(project.log == .defaults)
    }

    @Test func theReadMeShowsEachCommandOnALineOfItsOwn() throws {
        let text = try #require(ProjectTemplate(name: "telco").files.first { $0.path == "README.md" }).text
        let lines = Set(text.split(separator: "\n"))
        for command in ProjectTemplate.firstSteps.flatMap(\.commands) {
            // Code of a list's item in Markdown: three columns for the item, four for the code.
            #expect(lines.contains("       \(command)"))
        }
    }

    @Test func aSecondStartIsRefusedAndChangesNothing() throws {
        try withTemporaryFolder { root in
            let file = root + "/slipway.yaml"
            try Data("project: mine\n".utf8).write(to: URL(filePath: file))
            let error = #expect(throws: ConfigurationError.self) {
                try ProjectStarter(directory: root, current: "/").start()
            }
            #expect(error?.kind == .exists)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "project: mine\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["slipway.yaml"])
        }
    }

    @Test func filesThatAreThereStayAsTheyAre() throws {
        try withTemporaryFolder { root in
            try Data("mine".utf8).write(to: URL(filePath: root + "/README.md"))
            let outcome = try ProjectStarter(directory: ".", current: root).start()
            #expect(outcome.kept == ["README.md"])
            #expect(outcome.folder.file == "slipway.yaml")
            #expect(try String(contentsOfFile: root + "/README.md", encoding: .utf8) == "mine")
        }
    }

    @Test func whatWasWrittenBeforeAFailureIsRemoved() throws {
        try withTemporaryFolder { root in
            try FileManager.default.createDirectory(atPath: root + "/p", withIntermediateDirectories: false)
            try Data("not a folder".utf8).write(to: URL(filePath: root + "/p/data"))
            let error = #expect(throws: ConfigurationError.self) {
                try ProjectStarter(directory: "p", current: root).start()
            }
            #expect(error?.message == "the project in 'p' cannot be written: a file has the name of a folder")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/p") == ["data"])
        }
    }

    @Test func aBrokenLinkIsNotWrittenThrough() throws {
        try withTemporaryFolder { root in
            let link = root + "/slipway.yaml"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: root + "/elsewhere.yaml")
            #expect(throws: ConfigurationError.self) { try ProjectStarter(directory: root).start() }
            #expect(!FileManager.default.fileExists(atPath: root + "/elsewhere.yaml"))
        }
    }

    @Test(arguments: ["/dev/null", "/dev/null/a", "/proc/slipway"])
    func aPlaceThatTakesNoFolderIsAClearError(directory: String) {
        let error = #expect(throws: ConfigurationError.self) { try ProjectStarter(directory: directory).start() }
        #expect(error?.kind == .unwritable)
        #expect(error?.hint != nil)
    }
}
