import Testing

@testable import SlipwayHTTP

@Suite struct ConnectionStateTests {
    @Test func aRequestCountsFromItsEndToTheEndOfItsAnswer() {
        var state = ConnectionState()
        #expect(state.receiveHead(isRefused: false) == .pass)
        #expect(!state.isBusy && state.isReceiving && !state.isIdle)
        #expect(state.receiveEnd() == .enter)
        #expect(state.answer() == .leave)
        #expect(state.isIdle && !state.isBusy)
    }

    @Test func requestsThatCameTogetherCountAsOne() {
        var state = ConnectionState()
        for _ in 0..<2 { _ = state.receiveHead(isRefused: false) }
        #expect(state.receiveEnd() == .enter)
        #expect(state.receiveEnd() == .none)
        #expect(state.answer() == .none)
        #expect(state.answer() == .leave)
    }

    @Test func anAnswerBeforeTheEndOfItsRequestCountsNothing() {
        var state = ConnectionState()
        _ = state.receiveHead(isRefused: false)
        #expect(state.answer() == .none)
        #expect(state.receiveEnd() == .none)
        #expect(state.isIdle)
    }

    @Test func aRefusedRequestIsDroppedToItsEndAndTheNextOneIsNot() {
        var state = ConnectionState()
        #expect(state.receiveHead(isRefused: true) == .refuse)
        #expect(state.isDropping)
        #expect(state.receiveEnd() == .none)
        #expect(!state.isDropping && state.isIdle)
        #expect(state.receiveHead(isRefused: false) == .pass)
        #expect(state.receiveEnd() == .enter)
    }

    @Test func nothingBehindAnUnansweredRequestIsRefused() {
        var state = ConnectionState()
        _ = state.receiveHead(isRefused: false)
        _ = state.receiveEnd()
        #expect(state.receiveHead(isRefused: true) == .pass)
    }

    @Test func aConnectionThatEndsCountsNoLonger() {
        var state = ConnectionState()
        _ = state.receiveHead(isRefused: false)
        #expect(state.close() == .none)
        _ = state.receiveEnd()
        #expect(state.close() == .leave)
        #expect(state.close() == .none)
    }
}
