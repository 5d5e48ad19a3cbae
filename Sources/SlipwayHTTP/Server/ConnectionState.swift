/// What a connection is doing: which of its requests are there as a whole, and which are answered.
///
/// An answer may come before its request is there as a whole, and requests may come before earlier ones are answered.
struct ConnectionState {
    /// What to do with the head of a request.
    enum Head: Equatable {
        /// Pass it on.
        case pass
        /// Refuse it, and drop what follows of it.
        case refuse
    }

    /// Whether the request is counted among those that are being answered.
    enum Count: Equatable {
        case enter, leave, none
    }

    private var headCount = 0
    private var endCount = 0
    private var answerCount = 0
    /// Whether the connection counts as being answered.
    private(set) var isBusy = false
    /// Whether parts of a request that was refused are being dropped.
    private(set) var isDropping = false
    /// Whether a request has begun that is not there as a whole.
    private(set) var isReceiving = false

    /// Whether no request waits for its answer.
    var isIdle: Bool { headCount == answerCount && !isReceiving }

    /// Takes a request's head.
    ///
    /// - Parameter isRefused: Whether it is to be refused; one behind others that are not answered yet never is, for
    ///   its answer would come before theirs.
    mutating func receiveHead(isRefused: Bool) -> Head {
        isReceiving = true
        if headCount == answerCount, isRefused {
            isDropping = true
            return .refuse
        }
        headCount += 1
        return .pass
    }

    /// Takes a request's end.
    mutating func receiveEnd() -> Count {
        isReceiving = false
        if isDropping {
            isDropping = false
            return .none
        }
        endCount += 1
        guard !isBusy, endCount > answerCount else { return .none }
        isBusy = true
        return .enter
    }

    /// Takes the end of an answer.
    mutating func answer() -> Count {
        answerCount += 1
        guard isBusy, endCount <= answerCount else { return .none }
        isBusy = false
        return .leave
    }

    /// Takes the end of the connection.
    mutating func close() -> Count {
        guard isBusy else { return .none }
        isBusy = false
        return .leave
    }
}
