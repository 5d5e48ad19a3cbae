import Foundation
import SlipwayData

/// The files of a folder that are tables, or one file.
struct FileListing {
    private let path: String
    private let tables: [TableFile]

    /// Looks at a path.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    init(of path: String) throws(DataError) {
        self.path = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DataError(
                .unreadable, "there is no file or folder '\(path)'", hint: "Check the path of the source.")
        }
        let place = URL(fileURLWithPath: path)
        guard isFolder.boolValue else {
            guard let file = TableFile(place) else {
                throw DataError(
                    .unreadable, "'\(path)' is no file of a known kind",
                    hint: "Its name must end in \(TableFile.endings.joined(separator: ", ")).")
            }
            tables = [file]
            return
        }
        do {
            tables = try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
                .sorted { $0.path < $1.path }.compactMap(TableFile.init)
        } catch {
            throw DataError(
                .unreadable, "the folder '\(path)' cannot be read", hint: "Check that you may read it.")
        }
    }

    /// What there is, for the error of a query that names something else.
    var hint: String {
        let names = tables.map(\.table).joined(separator: ", ")
        return tables.isEmpty
            ? "'\(path)' holds no file that ends in \(TableFile.endings.joined(separator: ", "))."
            : "'\(path)' holds \(names)."
    }

    /// The files of the tables of some names; a name without a file is left to the query.
    ///
    /// - Throws: ``DataError`` of kind `malformed` where two files have a name.
    func files(named names: [String]) throws(DataError) -> [TableFile] {
        var found: [TableFile] = []
        for name in Set(names.map { $0.lowercased() }).sorted() {
            let files = tables.filter { $0.table.lowercased() == name }
            guard files.count < 2 else {
                throw DataError(
                    .malformed,
                    "the table '\(name)' is more than one file: \(files.map(\.name).joined(separator: ", "))",
                    hint: "Rename or remove all but one.")
            }
            found += files
        }
        return found
    }
}
