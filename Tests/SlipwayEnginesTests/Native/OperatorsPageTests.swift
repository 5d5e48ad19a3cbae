import Foundation
import Testing

@testable import SlipwayEngines

/// The page about operators says what the catalog holds.
struct OperatorsPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docs/operators.md").standardizedFileURL

    @Test func thePageIsTheOneMadeFromTheCatalog() throws {
        if ProcessInfo.processInfo.environment["SLIPWAY_UPDATE_PAGES"] != nil {
            try OperatorsPage.text.write(to: Self.page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == OperatorsPage.text)
    }

    @Test func noOperatorIsListedTwice() {
        let names = OperatorCatalog.families.joined().map { "\($0.domain.rawValue).\($0.name)" }
        #expect(Set(names).count == names.count)
    }
}
