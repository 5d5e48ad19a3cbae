import Foundation
import NIOHPACK
import SlipwayData
import SlipwayServing
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

struct CallStatusTests {
    private static func trailers(_ status: CallStatus) -> HPACKHeaders {
        var trailers = HPACKHeaders()
        status.write(into: &trailers)
        return trailers
    }

    @Test func anAnswerHasAStatusAndNothingElse() {
        #expect(Self.trailers(.answered).map(\.name) == ["grpc-status"])
        #expect(Self.trailers(.answered).first(name: "grpc-status") == "0")
    }

    @Test func aRefusalSaysWhatItIsForPeopleAndPrograms() throws {
        let error = ServingError(
            .busy, "100 % of 'größe' is\ntaken", hint: "Wait.", field: "größe", retryAfterSeconds: 2)
        let trailers = Self.trailers(CallStatus(error))
        #expect(trailers.first(name: "grpc-status") == "14")
        #expect(trailers.first(name: "grpc-retry-pushback-ms") == "2000")
        let message = try #require(trailers.first(name: "grpc-message"))
        #expect(message.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(message.contains("100 %25 of 'gr%C3%B6%C3%9Fe' is%0Ataken"))
        #expect(message.removingPercentEncoding == error.description)
        let text = try #require(trailers.first(name: "grpc-status-details-bin"))
        let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
        let status = try RPCStatus(serializedBytes: try #require(Data(base64Encoded: padded)))
        #expect(status.code == 14 && status.message == error.description && status.details.count == 2)
        let info = try RPCErrorInfo(unpackingAny: status.details[0])
        #expect(info.reason == "busy" && info.metadata == ["field": "größe"])
    }

    @Test func everyKindOfRefusalHasACodeThatHTTPKnows() {
        for kind in ServingError.Code.allCases {
            let code = ServingError(kind, "no").statusCode
            #expect(code != .answered && (400..<600).contains(code.httpStatus), "\(kind)")
        }
    }
}
