import Foundation
import SlipwayData
import SlipwayPipelines
import SlipwayTesting
import Testing

struct SplitRowsTests {
    private let project: SnapshotProject

    init() throws { project = try SnapshotProject() }

    private static func rows(_ count: Int = 200) throws -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers((0..<count).map { Int64($0 / 4) })),
            Column(name: "note", values: .strings((0..<count).map { "row \($0), \"quoted\"" })),
        ])
    }

    @Test func theFilesHoldEveryRowOnOneSide() throws {
        let table = try Self.rows()
        let rows = try project.split(table)
        let sides = try [rows.trainingFile, rows.heldOutFile].map { try CSVReader.table(contentsOf: $0) }
        #expect(sides.map(\.rowCount) == [rows.trainingRows, rows.heldOutRows])
        let together = try Table.concatenating(sides)
        #expect(Set((0..<200).map { together.row($0) }) == Set((0..<200).map { table.row($0) }))
        #expect(FileManager.default.fileExists(atPath: rows.trainingParquetFile))
    }

    @Test func theSameRowsSplitAnotherWayLieBesideTheFirst() throws {
        let table = try Self.rows()
        let splits = try [
            project.split(table), project.split(table, key: "id"), project.split(table, share: 0.201),
            project.split(table, share: 0.5),
        ]
        #expect(Set(splits.map(\.folder)).count == 4 && Set(splits.map(\.snapshot.folder)).count == 1)
        for rows in splits {
            #expect(try CSVReader.table(contentsOf: rows.heldOutFile).rowCount == rows.heldOutRows)
        }
    }

    @Test func aSideThatWasChangedIsWrittenAgain() throws {
        let rows = try project.split(Self.rows())
        let before = try Data(contentsOf: URL(filePath: rows.trainingFile))
        try Data("id,note\n".utf8).write(to: URL(filePath: rows.trainingFile))
        #expect(try Data(contentsOf: URL(filePath: project.split(Self.rows()).trainingFile)) == before)
    }
}
