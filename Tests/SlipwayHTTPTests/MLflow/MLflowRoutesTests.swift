import SlipwayData
import SlipwayMonitoring
import SlipwayServingTesting
import Testing

@Suite(.serialized) struct MLflowRoutesTests {
    private static let path = "/models/churn/invocations"
    private static let columns = #"["age","income","contract","region"]"#
    private static let cells = #"[64.49103,7.5492744,"month","north"]"#

    @Test(arguments: [
        #"{"dataframe_split":{"columns":\#(columns),"index":[7],"data":[\#(cells)]}}"#,
        #"{"dataframe_split":{"data":[\#(cells)]},"params":{"a":1}}"#,
        #"{"dataframe_records":[\#(Rows.record)]}"#,
        #"{"instances":[\#(Rows.record)]}"#,
        #"{"instances":[\#(cells)]}"#,
        #"{"inputs":{"age":[64.49103],"income":[7.5492744],"contract":["month"],"region":["north"]}}"#,
        #"{"inputs":{"age":64.49103,"income":[[7.5492744]],"contract":"month","region":"north","left":"No"}}"#,
    ])
    func everyFormOfRowsGivesThePrediction(body: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.post(Self.path, body)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["predictions"] == .array(["Yes"]))
            let logged = try project.predictions(of: "churn").map { JSONValue.string($0.id.description) }
            #expect(answer["prediction_ids"] == .array(logged))
        }
    }

    @Test func rowsOfCSVArePredictedInOrder() async throws {
        try await TestServer.ready { server, _ in
            let rows =
                "age,income,contract,region,other\n64.49103,7.5492744,month,north,x\n9.33202,9.014442,year,south,\n"
            let answer = try await server.post(Self.path, rows, type: "text/csv; charset=utf-8")
            #expect(answer["predictions"] == .array(["Yes", "No"]))
        }
    }

    @Test func anInfiniteNumberIsRefusedAndNotTakenForAMissingOne() async throws {
        try await TestServer.ready { server, _ in
            let rows = "age,income,contract,region\ninf,7.5492744,month,north\n"
            let answer = try await server.post(Self.path, rows, type: "text/csv")
            #expect(answer.status == 422)
            #expect(answer["message"]?.asValue?.text.contains("'age' must be finite") == true, "\(answer.text)")
        }
    }

    @Test func theModelIsNamedWhereSeveralAreServed() async throws {
        try await TestServer.ready { server, _ in
            let body = #"{"dataframe_records":[\#(Rows.record)]}"#
            let unnamed = try await server.post("/invocations", body)
            #expect(unnamed.status == 400)
            #expect(unnamed["error_code"] == "BAD_REQUEST")
            #expect(unnamed["message"]?.asValue?.text.contains("?model=bare") == true)
            #expect(try await server.post("/invocations?model=churn", body)["predictions"] == .array(["Yes"]))
        }
    }

    @Test(arguments: [
        ("[]", 400, "BAD_REQUEST"), ("{}", 400, "BAD_REQUEST"),
        (#"{"instances":[],"inputs":{}}"#, 400, "BAD_REQUEST"),
        (#"{"dataframe_records":[\#(Rows.record)],"signature_name":"x"}"#, 400, "BAD_REQUEST"),
        (#"{"dataframe_split":{"data":[[1]]}}"#, 400, "BAD_REQUEST"),
        (#"{"dataframe_split":{"columns":["age","age"],"data":[[1,2]]}}"#, 400, "BAD_REQUEST"),
        (#"{"inputs":{"age":[1,2],"income":[1]}}"#, 400, "BAD_REQUEST"),
        (#"{"dataframe_records":[]}"#, 400, "BAD_REQUEST"),
        (#"{"dataframe_records":[{"age":1}]}"#, 422, "INVALID_PARAMETER_VALUE"),
    ])
    func aRefusalHasTheShapeThatClientsOfMLflowRead(body: String, status: Int, code: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.post(Self.path, body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer["error_code"] == .string(code))
            #expect(answer["message"]?.asValue?.text.isEmpty == false)
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func theServerSaysThatItIsThereAndItsVersion() async throws {
        try await TestServer.ready { server, _ in
            for path in ["/ping", "/health"] {
                let answer = try await server.get(path)
                #expect(answer.status == 200 && answer.text == "\n")
            }
            #expect(try await server.get("/version").text == "1.2.3")
            let other = try await server.post(Self.path, "x", type: "application/vnd.apache.parquet")
            #expect(other.status == 415)
        }
    }
}
