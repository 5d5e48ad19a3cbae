import Foundation
import SlipwayData

/// The environment variable that holds a bearer token: a token on the command line would stand in the list of processes.
enum TokenVariable {
    /// The token in a variable.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` when there is none; without it, a server would be asked by nobody.
    static func token(in name: String) throws(DataError) -> String {
        guard let token = ProcessInfo.processInfo.environment[name], !token.isEmpty else {
            throw DataError(
                .unreadable, "the environment variable '\(name)' is not set, or empty",
                hint: "Put the token there: export \(name.isEmpty ? "NAME" : name)=slw_…")
        }
        return token
    }
}
