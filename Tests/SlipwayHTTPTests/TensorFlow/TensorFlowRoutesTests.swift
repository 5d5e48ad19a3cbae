import SlipwayData
import SlipwayModel
import SlipwayServingTesting
import SlipwayTesting
import Testing

@Suite(.serialized) struct TensorFlowRoutesTests {
    private static let row = "[-1.9410608,-0.500959,1.9917002,0.020334182]"

    @Test func rowsAnswerRowByRowAndColumnsOutputByOutput() async throws {
        try await TestServer.ready { server, _ in
            let expected = try Fixtures.engine("tree-classifier").outputs[0].tensor
            let label = JSONValue(expected.value(at: 0))
            let rows = try await server.post("/v1/models/bare:predict", #"{"instances":[\#(Self.row),\#(Self.row)]}"#)
            #expect(rows.status == 200, "\(rows.text)")
            guard case .array(let predictions)? = rows["predictions"] else { throw Absent() }
            #expect(predictions.count == 2)
            #expect(predictions[0]["label"] == label)
            let columns = try await server.post(
                "/v1/models/bare/versions/1:predict", #"{"signature_name":"serving_default","inputs":[\#(Self.row)]}"#)
            #expect(columns["outputs"]?["label"] == .array([label]))
        }
    }

    @Test func statusAndMetadataNameTheVersion() async throws {
        try await TestServer.ready { server, _ in
            guard case .array(let versions)? = try await server.get("/v1/models/churn")["model_version_status"] else {
                throw Absent()
            }
            #expect(versions[0]["version"] == "1")
            #expect(versions[0]["state"] == "AVAILABLE")
            #expect(try await server.get("/v1/models/churn/metadata")["model_spec"]?["name"] == "churn")
        }
    }

    @Test(arguments: [
        ("/v1/models/bare:predict", "{}", 400), ("/v1/models/bare:predict", "[]", 400),
        ("/v1/models/bare:predict", #"{"instances":[[1]]}"#, 400),
        ("/v1/models/bare:predict", #"{"instances":[[1,2,3,4]],"signature_name":"other"}"#, 400),
        ("/v1/models/bare:predict", #"{"instances":[[1,2,3,"x"]]}"#, 422),
        ("/v1/models/nobody:predict", #"{"instances":[[1,2,3,4]]}"#, 404),
        ("/v1/models/bare/versions/9:predict", #"{"instances":[[1,2,3,4]]}"#, 404),
        ("/v1/models/bare/versions/x:predict", #"{"instances":[[1,2,3,4]]}"#, 404),
        ("/v1/models/bare:classify", #"{"instances":[[1,2,3,4]]}"#, 404),
    ])
    func aRefusalIsOneText(path: String, body: String, status: Int) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.post(path, body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.protocolError?.isEmpty == false, "\(answer.text)")
        }
    }
}
