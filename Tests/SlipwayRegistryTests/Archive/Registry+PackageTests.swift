import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayRegistry
import SlipwayTesting
import Testing

struct RegistryPackageTests {
    private let bench: Workbench
    private let archive = InMemoryPackageArchive()

    init() throws { bench = try Workbench() }

    /// A registry of a machine with a folder of packages of its own.
    private func machine(_ name: String, archive: (any PackageArchive)?) -> Registry {
        Registry(
            store: bench.store, packagesFolder: "\(bench.folder)/\(name)", engines: [NativeEngine()], archive: archive)
    }

    @Test func aPackageThatAnotherMachinePushedIsFetchedOnceAndVerified() throws {
        let pushed = try machine("a", archive: archive).push(Workbench.submission(), by: "ada")
        let other = machine("b", archive: archive)
        #expect(try other.package(of: pushed.version).digest == pushed.package.digest)
        archive.spoil(.model)
        #expect(try other.package(of: pushed.version).digest == pushed.package.digest)
        let names = try FileManager.default.contentsOfDirectory(atPath: other.packagesFolder)
        #expect(names == [pushed.package.digest.hex])
    }

    @Test func aPackageThatWasChangedOnTheWayIsRefusedAndLeavesNothing() throws {
        let pushed = try machine("a", archive: archive).push(Workbench.submission(), by: "ada")
        archive.spoil(.model)
        let other = machine("b", archive: archive)
        let error = #expect(throws: ModelError.self) { try other.package(of: pushed.version) }
        #expect(error?.kind == .corruptPackage)
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.packagesFolder).isEmpty)
    }

    @Test func aPackageFromBeforeThereWasAnArchiveIsKeptWhenItIsJudged() throws {
        let pushed = try machine("a", archive: nil).push(Workbench.submission(), by: "ada")
        let other = machine("b", archive: archive)
        #expect(throws: ModelError.self) { try other.package(of: pushed.version) }
        _ = try machine("a", archive: archive).judge(pushed.version, in: "production")
        #expect(try other.package(of: pushed.version).digest == pushed.package.digest)
    }
}
