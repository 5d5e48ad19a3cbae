import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayHTTP
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayTLS

/// Serving by https with real certificates, to clients that are not ours.
@Suite(.serialized) struct TLSTests {
    /// Asks by curl, which ends with 0 only when the certificate shown is one of the issuers' and the answer is good.
    private static func curl(_ port: Int, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(
            "curl",
            ["--silent", "--show-error", "--fail", "--max-time", "30"] + arguments
                + ["https://127.0.0.1:\(port)/health/live"])
    }

    private static func serving(
        _ files: TLSFiles, log: LogCapture = LogCapture(), _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.serving(try await TestProject.ready(), tls: files, logger: log.logger, body)
    }

    @Test func aServerWithACertificateIsReachedByHTTPSAlone() async throws {
        let certificates = try Certificates()
        try await certificates.issueOwn("first")
        try certificates.install("first")
        try await Self.serving(certificates.server) { server in
            let trusted = try await Self.curl(server.port, "--cacert", certificates.path("first.pem"))
            #expect(trusted.status == 0 && trusted.output.contains("true"), "\(trusted)")
            #expect(try await Self.curl(server.port).status == 60)
            await #expect(throws: (any Error).self) { try await server.get("/health/live") }
            let version = try await Self.curl(
                server.port, "--cacert", certificates.path("first.pem"), "--write-out", "%{http_version}")
            #expect(version.output.hasSuffix("1.1"))
        }
    }

    @Test func withClientIssuersOnlyTheirCertificatesAreAnswered() async throws {
        let certificates = try Certificates()
        for name in ["first", "issuer", "stranger"] { try await certificates.issueOwn(name) }
        try await certificates.issue("client", by: "issuer")
        try await certificates.issue("impostor", by: "stranger")
        try certificates.install("first")
        var files = certificates.server
        files.clientIssuers = certificates.path("issuer.pem")
        try await Self.serving(files) { server in
            func status(_ name: String) async throws -> Int32 {
                try await Self.curl(
                    server.port, "--cacert", certificates.path("first.pem"), "--cert", certificates.path("\(name).pem"),
                    "--key", certificates.path("\(name)-key.pem")
                ).status
            }
            let trusted = try await status("client")
            #expect(trusted == 0)
            #expect(try await status("impostor") != 0)
            #expect(try await status("stranger") != 0)
            #expect(try await Self.curl(server.port, "--cacert", certificates.path("first.pem")).status != 0)
        }
    }

    @Test func newCertificatesAreTakenIntoUseAndNoConnectionIsDropped() async throws {
        let certificates = try Certificates()
        for name in ["first", "second"] { try await certificates.issueOwn(name) }
        try certificates.install("first")
        try await Self.serving(certificates.server) { server in
            let open = try SecureConnection(port: server.port)
            #expect(try await open.exchange("GET /health/live HTTP/1.1").hasPrefix("HTTP/1.1 200"))
            try certificates.install("second")
            try await KeyedServer.eventually {
                try await Self.curl(server.port, "--cacert", certificates.path("second.pem")).status == 0
            }
            #expect(try await Self.curl(server.port, "--cacert", certificates.path("first.pem")).status == 60)
            #expect(try await open.exchange("GET /health/live HTTP/1.1").hasPrefix("HTTP/1.1 200"))
            await open.close()
        }
    }

    @Test func aCertificateThatSoonExpiresIsSpokenOfOnce() async throws {
        let certificates = try Certificates()
        try await certificates.issueOwn("first")
        try certificates.install("first")
        let log = LogCapture()
        try await Self.serving(certificates.server, log: log) { _ in
            try await KeyedServer.eventually { log.text.contains("the certificate expires on 20") }
            try await Task.sleep(for: .milliseconds(2_200))
        }
        #expect(log.text.components(separatedBy: "the certificate expires on").count == 2)
    }

    @Test func theTimeForWhichACertificateIsGoodIsJudgedByTheClock() async throws {
        let certificates = try Certificates()
        try await certificates.issueOwn("first")
        try certificates.install("first")
        let identity = try TLSIdentity(certificates.server, protocols: ["http/1.1"])
        let day: Int64 = 86_400_000
        let now = Timestamp.now()
        #expect(identity.remark(at: now.adding(milliseconds: -15 * day))?.contains("is not good before") == true)
        #expect(identity.remark(at: now.adding(milliseconds: day))?.contains("expires on") == true)
        #expect(identity.remark(at: now.adding(milliseconds: 3 * day))?.contains("expired on") == true)
    }

    @Test func certificatesThatCannotBeUsedLeaveTheOnesBefore() async throws {
        let certificates = try Certificates()
        for name in ["first", "second"] { try await certificates.issueOwn(name) }
        try certificates.install("first")
        let log = LogCapture()
        try await Self.serving(certificates.server, log: log) { server in
            let key = try certificates.folder.text(of: "second-key.pem")
            try certificates.folder.write(key, to: "server-key.pem")
            try await KeyedServer.eventually { log.text.contains("cannot be used") }
            #expect(try await Self.curl(server.port, "--cacert", certificates.path("first.pem")).status == 0)
            for line in key.split(separator: "\n") where !line.hasPrefix("-") { #expect(!log.text.contains(line)) }
            try certificates.install("second")
            try await KeyedServer.eventually {
                try await Self.curl(server.port, "--cacert", certificates.path("second.pem")).status == 0
            }
        }
    }

    @Test(arguments: ["absent", "no PEM", "another key", "swapped"])
    func aServerDoesNotStartWithFilesThatItCannotUse(fault: String) async throws {
        let certificates = try Certificates()
        for name in ["first", "second"] { try await certificates.issueOwn(name) }
        try certificates.install("first")
        var files = certificates.server
        switch fault {
        case "absent": files.key = certificates.path("nothing.pem")
        case "no PEM": try certificates.folder.write("no certificate", to: "server.pem")
        case "another key": files.key = certificates.path("second-key.pem")
        default: (files.certificate, files.key) = (files.key, files.certificate)
        }
        let wrong = files
        let error = await #expect(throws: TLSError.self) { try await Self.serving(wrong) { _ in } }
        #expect(error?.message.contains(".pem") == true)
    }

    @Test func whoSpeaksNoTLSHarmsNobody() async throws {
        let certificates = try Certificates()
        try await certificates.issueOwn("first")
        try certificates.install("first")
        try await Self.serving(certificates.server) { server in
            var generator = SeededGenerator(seed: 45)
            for _ in 0..<40 {
                let connection = try RawConnection(port: server.port)
                let bytes = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                try? await connection.send(Bool.random(using: &generator) ? [0x16, 0x03, 0x01] + bytes : bytes)
                connection.closeWriting()
                let answer = (try? await connection.receive()) ?? ""
                #expect(!answer.hasPrefix("HTTP"))
            }
            #expect(try await Self.curl(server.port, "--cacert", certificates.path("first.pem")).status == 0)
        }
    }
}
