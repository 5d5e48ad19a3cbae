import ArgumentParser
import Foundation

/// Names that an argument lists, separated by commas: `tenure, contract`.
struct NameList: ExpressibleByArgument, Equatable {
    let names: [String]

    /// Reads a list; `nil`, which the parser reports, when a name is missing between the commas.
    init?(argument: String) {
        names = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if names.contains("") { return nil }
    }
}
