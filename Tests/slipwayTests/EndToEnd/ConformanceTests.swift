import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct ConformanceTests {
        /// A server that answers every request for an inference alike, whatever stands in it, and writes a bare NaN.
        private static let liar = """
            import http.server, json
            metadata = {"name": "m", "versions": ["1"], "platform": "x_y",
                        "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 2]}],
                        "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}
            answer = {"model_name": "m", "id": "", "outputs": [
                {"name": "y", "datatype": "FP32", "shape": [1, 1], "data": [float("nan")]}]}
            class Liar(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    known = {"/v2": {"name": "liar", "version": "1", "extensions": ["binary_tensor_data"]}}
                    self.say(known.get(self.path, metadata))
                def do_POST(self):
                    self.rfile.read(int(self.headers["Content-Length"]))
                    self.say([{"name": "m"}] if self.path.endswith("index") else answer)
                def say(self, document):
                    body = json.dumps(document).encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *arguments): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Liar)
            print(server.server_port, flush=True)
            server.serve_forever()
            """

        @Test func theServerKeepsEveryPoint() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let metadata = try server.request("GET", "/v2/models/churn").json
                    guard case .array(let inputs)? = metadata["inputs"] else {
                        return #expect(Bool(false), "no inputs")
                    }
                    let rows = try CSVReader.table(contentsOf: "\(project.path)/rows.csv")
                    let given = inputs.map { input -> JSONValue in
                        let name = input["name"]?.asValue?.text ?? ""
                        let cell = rows[name].map { JSONValue($0[0]) } ?? .null
                        return .object([
                            "name": .string(name), "datatype": input["datatype"] ?? .null,
                            "shape": .array([.integer(1), .integer(1)]), "data": .array([cell]),
                        ])
                    }
                    try project.write(JSONValue.object(["inputs": .array(given)]).text, to: "request.json")
                    let outcome = try project.slipway(
                        "conformance", "http://127.0.0.1:\(server.port)", "--request", "request.json", "--json")
                    let report = try JSONValue(parsing: Array(outcome.output.utf8))
                    #expect(outcome.status == 0)
                    #expect(report["conformant"] == .boolean(true))
                    guard case .array(let points)? = report["points"] else { return #expect(Bool(false), "no points") }
                    #expect(points.count > 30)
                    for point in points { #expect(point["result"] == "passed", "\(point.text)") }
                    #expect(outcome.messages == "")
                    // The model knows certain texts only, which nobody can make up.
                    let without = try project.slipway("conformance", "http://127.0.0.1:\(server.port)")
                    #expect(without.status == 1)
                    #expect(without.messages.contains("--request request.json"), "\(without.messages)")
                }
            }
        }

        @Test func aServerThatTakesEverythingBreaksThePointsAboutRefusals() throws {
            try TelcoProject.with { project in
                let process = Process()
                // Debian's own: a launcher in between would be ended in its place.
                process.executableURL = URL(filePath: "/usr/bin/python3")
                process.arguments = ["-c", Self.liar]
                let pipe = Pipe()
                process.standardOutput = pipe
                process.standardError = FileHandle.nullDevice
                try process.run()
                // A process started on a thread that blocks signals hears no other one.
                defer { _ = kill(process.processIdentifier, SIGKILL) }
                let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
                let port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
                let outcome = try project.slipway("conformance", "http://127.0.0.1:\(port)", "--json")
                #expect(outcome.status == 1)
                let report = try JSONValue(parsing: Array(outcome.output.utf8))
                guard case .array(let points)? = report["points"] else { return #expect(Bool(false), "no points") }
                let failed = Set(
                    points.filter { $0["result"] == "failed" }.compactMap { $0["claim"]?.asValue?.text })
                for claim in [
                    "an answer is strict JSON, whatever its numbers are", "the id of a request comes back",
                    "an input that the model does not have is refused", "data that does not fill its shape is refused",
                    "an unknown model is refused in the protocol's shape", "a truncated binary tensor is refused",
                ] { #expect(failed.contains(claim), "\(claim)") }
            }
        }

        @Test func whatIsNoServerIsSaid() throws {
            try TelcoProject.with { project in
                let refusal = try project.refusal("conformance", "http://127.0.0.1:9")
                #expect(refusal.contains("does not answer"))
                #expect(try project.slipway("conformance", "nonsense").status == 2)
                let unset = try project.refusal(
                    "conformance", "http://127.0.0.1:9", "--token-variable", "NO_SUCH_TOKEN")
                #expect(unset.contains("'NO_SUCH_TOKEN' is not set"))
            }
        }
    }
}
