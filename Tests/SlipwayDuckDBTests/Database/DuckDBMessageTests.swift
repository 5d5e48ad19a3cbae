import SlipwayData
import Testing

@testable import SlipwayDuckDB

struct DuckDBMessageTests {
    @Test(arguments: [
        ("Catalog Error: Table with name t does not exist!\n\nLINE 1: …", DataError.Code.unreadable),
        ("Binder Error: Referenced column \"a\" not found in FROM clause!\n\nLINE 1: …", .missingColumn),
        ("Conversion Error: Could not convert string 'x' to INT32", .wrongType),
        ("Out of Memory Error: failed to pin block", .limitExceeded), ("INTERRUPT Error: Interrupted!", .limitExceeded),
        ("Parser Error: syntax error at or near \"selec\"", .sourceFailed), ("", .sourceFailed),
    ])
    func theKindIsThatOfWhatHappened(_ text: String, _ kind: DataError.Code) {
        #expect(DuckDBMessage(text).kind == kind)
        #expect(!DuckDBMessage(text).error.message.contains("LINE 1"))
    }

    @Test func aFileThatAnotherProgramWritesMayBeReadLater() {
        let text = "IO Error: Could not set lock on file \"/w.duckdb\": Conflicting lock is held in /usr/bin/x (PID 7)."
        #expect(DuckDBMessage(text).error.outlook == .passing())
        #expect(DuckDBMessage("IO Error: No files found that match the pattern").error.outlook == .lasting)
    }
}
