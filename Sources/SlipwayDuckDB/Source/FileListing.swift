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

    /// Takes files by their names alone.
    init(names: [String]) {
        path = ""
        tables = names.compactMap { TableFile(URL(fileURLWithPath: "/\($0)")) }
    }

    /// The names of the tables, each once, in their order.
    var tableNames: [String] { Set(tables.map(\.table)).sorted() }

    /// What there is, for the error of a query that names something else.
    var hint: String {
        let names = tables.map(\.table).joined(separator: ", ")
        return tables.isEmpty
            ? "'\(path)' holds no file that ends in \(TableFile.endings.joined(separator: ", "))."
            : "'\(path)' holds \(names)."
    }

    /// The files whose tables a query may name: those whose names stand in it as words.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for too many.
    func files(in query: String, countMax: Int) throws(DataError) -> [TableFile] {
        let text = query.lowercased()
        let files = tables.filter { file in
            let name = file.table.lowercased()
            return [name, name.replacing("\"", with: "\"\"")].contains { text.holdsWord($0) }
        }
        guard files.count <= countMax else {
            throw DataError(.limitExceeded, "the query names more than \(countMax) files", hint: "Split the query.")
        }
        return files
    }

    /// Refuses a table that is more than one file.
    ///
    /// - Throws: ``DataError`` of kind `malformed`.
    func requireOne(_ files: [TableFile]) throws(DataError) {
        guard files.count > 1 else { return }
        throw DataError(
            .malformed,
            "the table '\(files[0].table)' is more than one file: "
                + files.map(\.name).joined(separator: ", "),
            hint: "Rename or remove all but one.")
    }
}

extension String {
    /// Whether a word stands in the text with no letter, digit, or `_` right before or behind it.
    fileprivate func holdsWord(_ word: String) -> Bool {
        func goesOn(_ character: Character?) -> Bool {
            character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
        }
        var rest = self[...]
        while let place = rest.firstRange(of: word), !place.isEmpty {
            if !goesOn(self[..<place.lowerBound].last), !goesOn(self[place.upperBound...].first) { return true }
            rest = self[index(after: place.lowerBound)...]
        }
        return false
    }
}
