import Foundation
import SlipwayData

/// The search for columns of a source that look personal.
struct PersonalDataScan {
    /// The rows of a table that are looked at.
    static let rowCountDefault = 1_000
    /// The most rows of a table that may be looked at.
    static let rowCountMax = 1_000_000

    /// What may stand behind a query that another one holds.
    private static let endings = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: ";"))

    /// A column that looks personal, and where it is.
    struct Finding {
        /// The table; `nil` for the rows of a query.
        var table: String?
        /// What it looks like.
        var column: PersonalColumn
        /// Whether a policy of the project covers a column of that name.
        var isCovered: Bool
    }

    /// What came of a search.
    struct Report {
        /// The columns that look personal.
        var findings: [Finding] = []
        /// The tables that could not be looked at, and why.
        var unread: [(table: String, reason: String)] = []
    }

    /// The source.
    var source: any DataSource
    /// The rows of a table that are looked at.
    var rowCount: Int
    /// The columns that policies of the project cover.
    var covered: Set<String>

    /// What is found in all tables.
    ///
    /// - Throws: ``DataError`` where not even the names of the tables can be read.
    func report() async throws -> Report {
        var report = Report()
        for table in try await source.tables() {
            do throws(DataError) {
                let rows = try await source.fetch("select * from \(table.sql) limit \(rowCount)")
                report.findings += found(in: rows, of: table.text)
            } catch {
                report.unread.append((table.text, error.message))
            }
        }
        return report
    }

    /// What is found in the rows of a query.
    func report(on query: String) async throws -> Report {
        let query = query.trimmingCharacters(in: Self.endings)
        // The end of a line ends a comment as well.
        let rows = try await source.fetch("select * from (\(query)\n) as rows limit \(rowCount)")
        return Report(findings: found(in: rows, of: nil))
    }

    private func found(in rows: Table, of table: String?) -> [Finding] {
        PersonalColumn.scan(rows).map {
            Finding(table: table, column: $0, isCovered: covered.contains($0.name))
        }
    }
}

extension ProjectConfiguration {
    /// The columns that policies cover in the views of a source, and in the models that read those.
    func coveredColumns(of source: String) -> Set<String> {
        let views = features.values.filter { $0.source == source }
        let names = Set(views.map(\.name))
        let readers = models.values.filter { $0.features.map(names.contains) ?? false }
        return Set(views.flatMap { $0.privacy.loggedPolicies.keys } + readers.flatMap(\.privacy.keys))
    }
}
