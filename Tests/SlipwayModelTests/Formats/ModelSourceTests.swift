import Foundation
import SlipwayData
import Testing

@testable import SlipwayModel

struct ModelSourceTests {
    @Test func anONNXFileIsTakenAsItIs() throws {
        let bytes = try Data(contentsOf: fixtures.appendingPathComponent("pipeline.onnx"))
        let source = try ModelSource(bytes: bytes)
        #expect(source.format == .onnx)
        #expect(source.onnx == bytes)
        var lineage = Lineage(origin: .push)
        lineage.note(source)
        #expect(lineage == Lineage(origin: .push))
    }

    @Test func aLightGBMFileIsTranslatedAndItsDigestKept() throws {
        let bytes = Data(LightGBMText.whole.utf8)
        let source = try ModelSource(bytes: bytes)
        #expect(source.format == .lightGBM)
        #expect(try ONNXModel(bytes: source.onnx).graph().name == "lightgbm")
        var lineage = Lineage(origin: .push, source: "model.txt")
        lineage.note(source)
        #expect(lineage.sourceFormat == "LightGBM")
        #expect(lineage.sourceDigest == SHA256Digest(of: bytes))
    }

    @Test func aCompressedFileIsNamedAsOne() throws {
        let error = #expect(throws: ModelError.self) { try ModelSource(bytes: Data([0x1F, 0x8B, 8, 0])) }
        #expect(error?.kind == .malformedModel)
        #expect(error?.message.contains("gzip") == true)
    }

    @Test(arguments: ["", "id,target\n1,2\n", "tree\n", "PK\u{3}\u{4}", "<xml/>"])
    func bytesInNoKnownFormatAreRefusedWithThoseThatAreRead(text: String) throws {
        let error = #expect(throws: ModelError.self) { try ModelSource(bytes: Data(text.utf8)) }
        #expect(error?.kind == .malformedModel)
        #expect(error?.message.contains("not an ONNX model") == true)
        #expect(error?.hint?.contains("LightGBM's text") == true)
    }
}
