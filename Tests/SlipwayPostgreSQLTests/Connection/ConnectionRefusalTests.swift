import Testing

@testable import SlipwayPostgreSQL

struct ConnectionRefusalTests {
    @Test func theStateOfARefusalIsTakenOutOfItsWords() {
        let refusal = ConnectionRefusal(
            """
            connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed
            LOCATION:  auth_failed, auth.c:335
            """)
        #expect(refusal.state == "28P01")
        #expect(
            refusal.message
                == "connection to server at \"db\" (10.0.0.1), port 5432 failed: "
                + "FATAL:  password authentication failed")
    }

    @Test(arguments: ["", "connection refused", "FATAL:  sorry, too many clients already", "a:  b: c", "x:  12345"])
    func wordsWithoutAStateStayAsTheyAre(_ words: String) {
        #expect(ConnectionRefusal(words).message == words)
        #expect(ConnectionRefusal(words).state == nil)
    }
}
