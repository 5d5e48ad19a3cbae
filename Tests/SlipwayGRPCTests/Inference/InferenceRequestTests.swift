import Foundation
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

struct InferenceRequestTests {
    /// A request of two rows for `bare`, typed or raw.
    static func message(isRaw: Bool = false) -> OIPModelInferRequest {
        let elements: [Float] = [-1.9, -0.5, 1.9, 0.02, 0.18, -1.5, -1.4, 1.03]
        return .with {
            $0.modelName = "bare"
            $0.id = "r 1"
            $0.inputs = [
                .with {
                    $0.name = "X"
                    $0.datatype = "FP32"
                    $0.shape = [2, 4]
                    if !isRaw { $0.contents.fp32Contents = elements }
                }
            ]
            if isRaw { $0.rawInputContents = [elements.withUnsafeBytes { Data($0) }] }
        }
    }

    @Test func typedAndRawTensorsAreTheSameRequest() throws {
        let typed = try InferenceRequest(Self.message())
        let raw = try InferenceRequest(Self.message(isRaw: true))
        #expect(typed == raw)
        #expect(typed.id == "r 1")
        #expect(typed.inputs[0].shape == [2, 4])
        #expect(typed.inputs[0].cells.count == 8)
        #expect(typed.outputs == nil)
    }

    @Test(arguments: ElementType.allCases)
    func eachDatatypeSurvivesTheWayThereAndBack(type: ElementType) throws {
        let tensor: Tensor =
            switch type {
            case .float32, .float16: Tensor(shape: [2], elements: .float32([1, 0.5]))
            case .float64: Tensor(shape: [2], elements: .float64([1, 0.5]))
            case .int32: Tensor(shape: [2], elements: .int32([1, 127]))
            case .bool: Tensor(shape: [2], elements: .bool([true, false]))
            case .string: Tensor(shape: [2], elements: .string(["", "é\u{0}"]))
            default: Tensor(shape: [2], elements: .int64([1, 127]))
            }
        var bytes = Data()
        TensorBytes.append(tensor, as: type, to: &bytes)
        func request(_ change: (inout OIPModelInferRequest) -> Void) throws -> InferenceRequest {
            var message = OIPModelInferRequest.with {
                $0.inputs = [.with { ($0.name, $0.datatype, $0.shape) = ("X", type.protocolName, [2]) }]
            }
            change(&message)
            return try InferenceRequest(message)
        }
        let raw = try request { $0.rawInputContents = [bytes] }
        #expect(raw.inputs[0].datatype == type)
        let typed = { try request { $0.inputs[0].contents = TensorContents(tensor, as: type).message } }
        if TensorContents.hold(type) {
            #expect(try typed() == raw)
        } else {
            #expect(throws: ServingError.self) { try typed() }
        }
    }

    @Test(arguments: [
        ("INT8", 128), ("INT8", -129), ("INT16", 32_768), ("UINT8", 256), ("UINT16", 65_536),
    ])
    func wholesBeyondTheirDatatypeAreRefused(datatype: String, whole: Int) {
        let message = OIPModelInferRequest.with {
            $0.inputs = [
                .with {
                    ($0.name, $0.datatype, $0.shape) = ("X", datatype, [1])
                    if datatype.hasPrefix("U") {
                        $0.contents.uintContents = [UInt32(whole)]
                    } else {
                        $0.contents.intContents = [Int32(whole)]
                    }
                }
            ]
        }
        #expect(throws: ServingError.self) { try InferenceRequest(message) }
    }

    @Test func aNumberThatTheServiceCannotHoldIsRefused() {
        let message = OIPModelInferRequest.with {
            $0.inputs = [
                .with {
                    ($0.name, $0.datatype, $0.shape) = ("X", "UINT64", [1])
                    $0.contents.uint64Contents = [UInt64.max]
                }
            ]
        }
        #expect { try InferenceRequest(message) } throws: { ($0 as? ServingError)?.kind == .signatureMismatch }
    }

    @Test func answersAreRawWhereTheRequestWas() async throws {
        try await TestServer.serving { server in
            let served = try server.service.served("bare")
            for isRaw in [false, true] {
                let request = try InferenceRequest(Self.message(isRaw: isRaw))
                let call = Call(.inferenceGRPC, requestID: "1")
                let answer = try await server.service.infer(request, with: served, call: call)
                let message = OIPModelInferResponse(answer, isRaw: isRaw)
                #expect(message.id == "r 1")
                #expect(message.rawOutputContents.count == (isRaw ? 2 : 0))
                #expect(message.outputs.map(\.hasContents) == [!isRaw, !isRaw])
                #expect(message.outputs.map(\.shape) == [[2], [2, 3]])
            }
        }
    }
}
