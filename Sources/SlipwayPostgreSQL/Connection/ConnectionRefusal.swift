import Foundation

/// What the library says of a connection that did not come about, taken apart.
struct ConnectionRefusal: Equatable {
    /// The words for a person, in one line.
    let message: String
    /// The server's SQLSTATE, of five letters and digits; `nil` where no server spoke.
    let state: String?

    /// Takes the verbose form, such as `FATAL:  28P01: password authentication failed`, with lines such as
    /// `LOCATION:  auth_failed, auth.c:335` that tell a user nothing.
    init(_ words: String) {
        let lines = words.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        let message = lines.filter { !$0.hasPrefix("LOCATION:") }.joined(separator: "; ")
        // Two blanks stand before the state, in whatever language the server speaks.
        let parts = message.split(separator: ":  ", maxSplits: 1)
        guard parts.count == 2, let end = parts[1].firstRange(of: ": "),
            case let state = parts[1][..<end.lowerBound], state.utf8.count == 5,
            state.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else {
            (self.message, self.state) = (message, nil)
            return
        }
        (self.message, self.state) = ("\(parts[0]):  \(parts[1][end.upperBound...])", String(state))
    }
}
