import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct GRPCServeTests {
        @Test func bothFacesBeginAndEndTogether() throws {
            try TelcoProject.with { project in
                let process = try project.start(["serve", "--port", "0", "--grpc-port", "0", "--json"])
                try process.wait(until: "the server says its addresses") { process.outputSoFar.contains("\n") }
                let line = try JSONValue(parsing: Array(process.outputSoFar.utf8))
                func port(_ member: String, _ scheme: String) throws -> UInt16 {
                    let url = try #require(line[member]?.asValue?.text)
                    #expect(url.hasPrefix("\(scheme)://127.0.0.1:"), "\(line.text)")
                    return try #require(UInt16(url.split(separator: ":").last ?? ""))
                }
                let (http, grpc) = (try port("url", "http"), try port("grpc_url", "grpc"))
                #expect(try HTTPConnection(port: http).request("GET", "/health/live").status == 200)
                // The one that cannot listen takes the other with it.
                let refusal = try project.refusal("serve", "--port", "0", "--grpc-port", String(grpc))
                #expect(refusal.contains("port \(grpc)") && refusal.contains("--grpc-port"), "\(refusal)")
                process.signal(SIGTERM)
                let outcome = try process.wait()
                #expect(outcome.status == 0 && !outcome.isSignalled, "\(outcome.messages)")
                #expect(throws: (any Error).self) { try HTTPConnection(port: grpc).request("GET", "/") }
            }
        }

        @Test func anAddressThatOthersReachIsRefusedForBothFaces() throws {
            try TelcoProject.with { project in
                let refusal = try project.refusal("serve", "--host", "0.0.0.0", "--port", "0", "--grpc-port", "0")
                #expect(refusal.contains("slipway key create"), "\(refusal)")
            }
        }

        @Test func onePortIsNotForBoth() throws {
            try TelcoProject.with { project in
                let outcome = try project.slipway("serve", "--port", "18123", "--grpc-port", "18123")
                #expect(outcome.status == 2 && outcome.messages.contains("each protocol has a port of its own"))
            }
        }
    }
}
