import Foundation
import Testing

@testable import slipway

struct ProjectFolderTests {
    @Test func theNearestProjectAboveIsFound() throws {
        try withTemporaryFolder { root in
            let inner = root + "/a/b"
            try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
            try Data("project: telco\n".utf8).write(to: URL(filePath: root + "/slipway.yaml"))
            let folder = try ProjectFolder.find(from: inner)
            #expect(folder.path == root)
            #expect(folder.file == "../../slipway.yaml")
            #expect(try ProjectConfiguration.load(from: folder).name == "telco")
        }
    }

    @Test func aNamedFolderIsNotSearchedUpwards() throws {
        try withTemporaryFolder { root in
            try FileManager.default.createDirectory(atPath: root + "/a", withIntermediateDirectories: true)
            try Data("project: telco\n".utf8).write(to: URL(filePath: root + "/slipway.yaml"))
            let error = #expect(throws: ConfigurationError.self) { try ProjectFolder.find(in: "a", from: root) }
            #expect(error?.kind == .notFound)
            #expect(error?.hint == "Name the folder of a project, or run: slipway init a")
            #expect(try ProjectFolder.find(in: ".", from: root + "/").path == root)
        }
    }

    @Test func withoutAProjectTheHintIsInit() throws {
        try withTemporaryFolder { root in
            let error = #expect(throws: ConfigurationError.self) { try ProjectFolder.find(from: root) }
            #expect(error?.hint == "Start a project with: slipway init .")
        }
    }

    @Test func pathsAreRelativeToTheProject() {
        let folder = ProjectFolder(path: "/projects/telco")
        #expect(folder.absolutePath(of: "data/a.csv") == "/projects/telco/data/a.csv")
        #expect(folder.absolutePath(of: "/data/a.csv") == "/data/a.csv")
        #expect(folder.storePath(environment: "test") == "/projects/telco/.slipway/test.db")
        #expect(folder.suggestedName == "telco")
    }

    @Test func aFolderInPlaceOfTheFileIsRefused() throws {
        try withTemporaryFolder { root in
            try FileManager.default.createDirectory(
                atPath: root + "/slipway.yaml", withIntermediateDirectories: true)
            let folder = try ProjectFolder.find(from: root)
            let error = #expect(throws: ConfigurationError.self) { try ProjectConfiguration.load(from: folder) }
            #expect(error?.message == "slipway.yaml is not a regular file")
        }
    }
}
