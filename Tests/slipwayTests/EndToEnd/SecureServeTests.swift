import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// Serving by https to callers with tokens; openssl makes the certificate and the tokens, curl calls.
    struct SecureServeTests {
        private static let certificate = "cert.pem"
        private static let key = "cert-key.pem"

        /// Runs a program in the project's folder, and gives what it wrote.
        @discardableResult
        private static func run(_ project: TelcoProject, _ arguments: String..., input: String = "") throws -> Data {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = arguments
            process.currentDirectoryURL = URL(filePath: project.path)
            let (given, output) = (Pipe(), Pipe())
            process.standardInput = given
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try given.fileHandleForWriting.close()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return data
        }

        private static func base64URL(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }

        /// Makes an issuer's key, and publishes its public part.
        private static func publishKeys(_ project: TelcoProject) throws {
            try run(project, "openssl", "genrsa", "-out", "issuer.pem", "2048")
            let line = try run(project, "openssl", "rsa", "-in", "issuer.pem", "-noout", "-modulus")
            let digits = Array(String(decoding: line, as: UTF8.self).trimmingPrefix("Modulus=").filter(\.isHexDigit))
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0..<$0 + 2]), radix: 16)
            }
            let modulus = base64URL(Data(bytes))
            try project.write(#"{"keys":[{"kty":"RSA","kid":"1","n":"\#(modulus)","e":"AQAB"}]}"#, to: "keys.json")
        }

        private static func token(_ project: TelcoProject, role: String, audience: String = "slipway") throws -> String
        {
            let claims = """
                {"iss":"https://id.example","aud":"\(audience)","sub":"bot","exp":4102444800,"groups":{"all":["\(role)"]}}
                """
            let header = base64URL(Data(#"{"alg":"RS256","kid":"1"}"#.utf8))
            let signed = "\(header).\(base64URL(Data(claims.utf8)))"
            let signature = try run(project, "openssl", "dgst", "-sha256", "-sign", "issuer.pem", input: signed)
            return "\(signed).\(base64URL(signature))"
        }

        @Test func tokensAreTakenByHTTPS() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try Self.run(
                    project, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", Self.key, "-out",
                    Self.certificate)
                try Self.publishKeys(project)
                let process = try project.start([
                    "serve", "--port", "0", "--json", "--tls-certificate", Self.certificate, "--tls-key", Self.key,
                    "--jwks", "keys.json", "--jwt-issuer", "https://id.example", "--jwt-audience", "slipway",
                    "--jwt-role-claim", "groups.all", "--jwt-role", "analysts=view:churn",
                ])
                try process.wait(until: "the server says its address") { process.outputSoFar.contains("\n") }
                guard case .string(let url)? = try JSONValue(parsing: Array(process.outputSoFar.utf8))["url"] else {
                    Issue.record("no address in \(process.outputSoFar)")
                    return
                }
                #expect(url.hasPrefix("https://127.0.0.1:"))
                func status(_ path: String, _ token: String?) throws -> String {
                    let header = token.map { "Authorization: Bearer \($0)" } ?? "Accept: */*"
                    let data = try Self.run(
                        project, "curl", "--silent", "--cacert", Self.certificate, "--header", header, "--output",
                        "/dev/null", "--write-out", "%{http_code}", url + path)
                    return String(decoding: data, as: UTF8.self)
                }
                let analyst = try Self.token(project, role: "analysts")
                #expect(try status("/models/churn", analyst) == "200")
                #expect(try status("/metrics", analyst) == "403")
                #expect(try status("/models/churn", nil) == "401")
                #expect(try status("/models/churn", Self.token(project, role: "admin")) == "403")
                #expect(try status("/models/churn", Self.token(project, role: "analysts", audience: "other")) == "401")
                #expect(try status("/models/churn", analyst + "A") == "401")
                process.signal(SIGTERM)
                let outcome = try process.wait()
                #expect(outcome.status == 0 && !outcome.messages.contains(analyst.suffix(40)), "\(outcome.messages)")
            }
        }

        @Test(arguments: [
            ["--tls-certificate", "a.pem"], ["--tls-client-ca", "a.pem"], ["--jwks", "keys.json"],
            ["--jwt-issuer", "x"], ["--insecure", "--require-keys"],
            ["--insecure", "--jwks", "k", "--jwt-issuer", "x", "--jwt-audience", "y"],
            ["--jwks", "k", "--jwt-issuer", "x", "--jwt-audience", "y", "--jwt-role", "a=root"],
            ["--cors-origin", "https://app.example/"], ["--cors-origin", "app.example"], ["--cors-origin", ""],
        ])
        func optionsThatMakeNoSenseAreRefused(options: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["serve", "--port", "0"] + options).wait()
                #expect(outcome.status == 2, "\(options)")
            }
        }

        @Test(arguments: [
            ["--tls-certificate", "absent.pem", "--tls-key", "absent.pem"],
            ["--jwks", "absent.json", "--jwt-issuer", "x", "--jwt-audience", "y"],
            ["--jwks", "http://id.example/keys", "--jwt-issuer", "x", "--jwt-audience", "y"],
        ])
        func filesThatAreNotThereAreNamed(options: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["serve", "--port", "0"] + options).wait()
                #expect(outcome.status == 1, "\(outcome.messages)")
                #expect(
                    outcome.messages.contains("absent") || outcome.messages.contains("http://"), "\(outcome.messages)")
            }
        }
    }
}
