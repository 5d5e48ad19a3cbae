import Foundation
import SlipwayData

/// A file that a query may name, open for as long as the query runs.
struct OpenTable {
    /// The file.
    let file: TableFile
    /// The open file; `nil` where it cannot be opened, which is told when the query does name it.
    let descriptor: DescriptorFile?
    private let failure: DataError?

    /// Opens a file.
    init(file: TableFile) {
        self.file = file
        do {
            descriptor = try file.open()
            failure = nil
        } catch {
            descriptor = nil
            failure = error
        }
    }

    /// Makes the table known to a database that may read the file.
    ///
    /// - Throws: ``DataError`` that names the file, when it cannot be read.
    func offer(to database: Database, typesBy sample: TypeSample) throws(DataError) {
        guard let descriptor else { throw failure ?? DataError(.unreadable, "'\(file.name)' cannot be opened") }
        do {
            let name = SQLText.name(file.table)
            let reader = file.reader(of: descriptor.name, typesBy: sample)
            try database.run("CREATE VIEW \(name) AS SELECT * FROM \(reader)")
        } catch {
            throw DataError(
                error.kind == .limitExceeded ? .limitExceeded : .malformed,
                "'\(file.name)' cannot be read: \(error.message)", hint: error.hint)
        }
    }
}

extension [OpenTable] {
    /// What an error says with the names of the files, which the library knows by those of descriptors.
    func told(_ error: DataError) -> DataError {
        var error = error
        error.message = reduce(error.message) { message, table in
            table.descriptor.map { message.replacing($0.name, with: table.file.name) } ?? message
        }
        return error
    }
}
