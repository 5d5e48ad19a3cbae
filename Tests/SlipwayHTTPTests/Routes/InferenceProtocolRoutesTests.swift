import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServingTesting
import SlipwayTesting
import Testing

@Suite(.serialized) struct InferenceProtocolRoutesTests {
    /// The first two reference rows of `bare`.
    private static let flat = "-1.9410608,-0.500959,1.9917002,0.020334182,0.18684833,-1.5393325,-1.3971331,1.0344099"
    private static let nested =
        "[-1.9410608,-0.500959,1.9917002,0.020334182],[0.18684833,-1.5393325,-1.3971331,1.0344099]"

    private static func request(
        _ data: String = flat, shape: String = "[2,4]", datatype: String = "FP32", name: String = "X",
        more: String = ""
    ) -> String {
        #"{"inputs":[{"name":"\#(name)","shape":\#(shape),"datatype":"\#(datatype)","data":[\#(data)]}]\#(more)}"#
    }

    @Test(arguments: [flat, nested])
    func flatAndNestedDataGiveTheReferenceAnswer(data: String) async throws {
        try await TestServer.ready { server, project in
            let expected = try Fixtures.engine("tree-classifier").outputs
            let answer = try await server.post("/v2/models/bare/infer", Self.request(data, more: #","id":"r 1""#))
            #expect(answer.status == 200)
            #expect(answer["model_name"] == "bare")
            #expect(answer["model_version"] == "1")
            #expect(answer["id"] == "r 1")
            guard case .array(let outputs)? = answer["outputs"] else { throw Absent() }
            #expect(outputs.compactMap { $0["name"]?.asValue?.text } == ["label", "probabilities"])
            #expect(outputs[0]["datatype"] == "INT64")
            #expect(outputs[0]["data"] == .array((0..<2).map { JSONValue(expected[0].tensor.value(at: $0)) }))
            #expect(outputs[1]["shape"] == .array([.integer(2), .integer(3)]))
            let ids = try project.predictions(of: "bare").map(\.id.description)
            #expect(answer["parameters"]?["prediction_ids"]?.asValue?.text == ids.joined(separator: ","))
        }
    }

    @Test func theOutputsAskedForComeInTheOrderAsked() async throws {
        try await TestServer.ready { server, _ in
            func names(_ outputs: String) async throws -> [String] {
                let answer = try await server.post(
                    "/v2/models/bare/infer", Self.request(more: ",\"outputs\":\(outputs)"))
                guard case .array(let outputs)? = answer["outputs"] else { return ["\(answer.status)"] }
                return outputs.compactMap { $0["name"]?.asValue?.text }
            }
            let one = try await names(#"[{"name":"probabilities"}]"#)
            #expect(one == ["probabilities"])
            let both = try await names(#"[{"name":"probabilities"},{"name":"label"}]"#)
            #expect(both == ["probabilities", "label"])
            let all = try await names("[]")
            #expect(all == ["label", "probabilities"])
        }
    }

    @Test func modelsAndServerDescribeThemselves() async throws {
        try await TestServer.ready { server, _ in
            let metadata = try await server.get("/v2/models/bare")
            #expect(metadata["name"] == "bare")
            #expect(metadata["versions"] == .array(["1"]))
            #expect(
                metadata["inputs"]?.text == #"[{"name":"X","datatype":"FP32","shape":[-1,4]}]"#)
            #expect(try await server.get("/v2/models/bare/versions/1").text == metadata.text)
            #expect(try await server.get("/v2")["version"] == "1.2.3")
            for path in [
                "/v2/health/live", "/v2/health/ready", "/v2/models/bare/ready", "/v2/models/bare/versions/1/ready",
            ] {
                #expect(try await server.get(path).status == 200)
            }
        }
    }

    @Test func onlyTheServedVersionStandsInPaths() async throws {
        try await TestServer.ready { server, _ in
            #expect(try await server.post("/v2/models/bare/versions/1/infer", Self.request()).status == 200)
            for version in ["2", "0", "-1", "one", "1.0", "99999999999999999999"] {
                let answer = try await server.post("/v2/models/bare/versions/\(version)/infer", Self.request())
                #expect(answer.status == 404)
                #expect(answer.protocolError != nil)
                #expect(try await server.get("/v2/models/bare/versions/\(version)/ready").status == 404)
            }
        }
    }

    @Test func whatDoesNotFitIsRefusedInTheProtocolsOwnShape() async throws {
        let refused: [(String, Int)] = [
            ("", 400), ("[]", 400), ("{}", 400), (#"{"inputs":[]}"#, 400), (#"{"inputs":[1]}"#, 400),
            (Self.request(shape: "[2]"), 400), (Self.request(shape: "[4,2]"), 400), (Self.request(shape: "[8]"), 400),
            (Self.request(shape: "[-2,-4]"), 400), (Self.request(shape: "[0,4]"), 400), (Self.request(shape: "2"), 400),
            (Self.request("", shape: "[0,4]"), 400), (Self.request("", shape: "[0]"), 400),
            (Self.request("", shape: "[0,99999999999]"), 400),
            (Self.request(shape: "[2,4,1]"), 400), (Self.request(shape: "[2.0,4]"), 400),
            (Self.request("[1,2,3],[4,5,6,7,8]"), 400), (Self.request("[[1,2,3,4]],[[5,6,7,8]]"), 400),
            (Self.request(datatype: "FP23"), 400), (Self.request(datatype: "BYTES"), 400),
            (Self.request(name: "Y"), 400), (Self.request(more: #","outputs":[{"name":"nothing"}]"#), 400),
            (Self.request(more: #","outputs":3"#), 400), (Self.request(more: #","outputs":[3]"#), 400),
            (Self.request(more: #","id":7"#), 400), (Self.request("1,2,3"), 400),
            (Self.request("1,2,3,4,5,6,7,{}"), 400), (Self.request("1,2,3,4,5,6,7,\"x\""), 422),
            (Self.request("1,2,3,4,5,6,7,null"), 422),
            (Self.request("", shape: "[10000000,10000000]"), 413),
            (Self.request(Array(repeating: "0", count: 40_004).joined(separator: ","), shape: "[10001,4]"), 413),
        ]
        try await TestServer.ready { server, project in
            for (body, status) in refused {
                let answer = try await server.post("/v2/models/bare/infer", body)
                #expect(answer.status == status, "\(body.prefix(200)): \(answer.text)")
                #expect(answer.protocolError != nil, "\(answer.text)")
            }
            #expect(try project.predictions(of: "bare").isEmpty)
        }
    }

    @Test func refusalsReadAsSentences() async throws {
        try await TestServer.ready { server, _ in
            let unknown = try await server.post("/v2/models/bar/infer", Self.request())
            #expect(unknown.protocolError == "there is no model 'bar' here. Did you mean 'bare'?")
            let input = try await server.post("/v2/models/bare/infer", Self.request(name: "Y"))
            #expect(input.protocolError == "input 'X' is missing. The model reads X.")
            #expect(
                try await server.get("/v2/nothing").protocolError?.hasPrefix("there is no route /v2/nothing.") == true)
            #expect(try await server.get("/v2/models/bare/infer").protocolError == "GET is not allowed here. Use POST.")
        }
    }

    @Test func columnsAndTextsTravelAsTensorsToo() async throws {
        try await TestServer.ready { server, project in
            func column(_ name: String, _ datatype: String, _ cell: String) -> String {
                #"{"name":"\#(name)","shape":[1,1],"datatype":"\#(datatype)","data":[\#(cell)]}"#
            }
            let inputs = [
                column("region", "BYTES", "\"north\""), column("contract", "BYTES", "\"month\""),
                column("age", "FP64", "64.49103"), column("income", "FP32", "7.5492744"),
            ]
            let answer = try await server.post(
                "/v2/models/churn/infer", "{\"inputs\":[\(inputs.joined(separator: ","))]}")
            #expect(answer.status == 200)
            guard case .array(let outputs)? = answer["outputs"], case .array(let data)? = outputs[1]["data"] else {
                throw Absent()
            }
            let probability = try #require(data[1].asValue?.asNumber)
            #expect(abs(probability - Rows.reference.logistic) < 1e-5)
        }
    }
}
