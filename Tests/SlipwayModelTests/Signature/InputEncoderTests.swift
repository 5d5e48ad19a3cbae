import SlipwayData
import Testing

@testable import SlipwayModel

struct InputEncoderTests {
    @Test func cellsGoIntoTheSlotsOfTheirFields() throws {
        var signature = try Signature(deriving: SignatureFixtures.wide(3))
        signature.inputs.reverse()
        let tensors = try InputEncoder(signature).tensors(of: [
            [.number(3), .number(2), .number(1)], [.number(6), .missing, .integer(4)],
        ])
        #expect(tensors.count == 1)
        #expect(tensors["x"]?.shape == [2, 3])
        guard case .float32(let values)? = tensors["x"]?.elements else {
            Issue.record("the input is no tensor of floats")
            return
        }
        #expect(values[0...3] == [1, 2, 3, 4])
        #expect(values[4].isNaN)
        #expect(values[5] == 6)
    }

    @Test func everyTypeBecomesAnInputOfItsOwn() throws {
        let encoder = InputEncoder(try SignatureFixtures.mixed())
        let tensors = try encoder.tensors(of: [
            [.number(0.1), .integer(3), .boolean(true), .string("plus")],
            [.number(2), .integer(-4), .boolean(false), .missing],
        ])
        #expect(tensors["charge"] == Tensor(shape: [2, 1], elements: .float32([0.1, 2])))
        #expect(tensors["months"] == Tensor(shape: [2, 1], elements: .int32([3, -4])))
        #expect(tensors["member"] == Tensor(shape: [2, 1], elements: .bool([true, false])))
        #expect(tensors["plan"] == Tensor(shape: [2, 1], elements: .string(["plus", ""])))
    }

    @Test(arguments: [
        (ElementType.float64, Tensor.Elements.float64([7])), (.float16, .float32([7])), (.int64, .int64([7])),
        (.uint8, .int64([7])), (.int16, .int64([7])), (.int32, .int32([7])), (.float32, .float32([7])),
    ])
    func narrowTypesTravelInWiderOnes(type: ElementType, wanted: Tensor.Elements) throws {
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(1, type: type)))
        #expect(try encoder.tensors(of: [[.integer(7)]])["x"]?.elements == wanted)
    }

    @Test(
        arguments: [
            ([nil], 1, [2]), ([nil, 1], 1, [2, 1]), ([nil, 3, 2, 2], 12, [2, 3, 2, 2]), ([nil, nil, 2], 6, [2, 3, 2]),
            (nil, 3, [2, 3]),
        ] as [([Int?]?, Int, [Int])])
    func rowsTakeTheDeclaredShape(declared: [Int?]?, width: Int, wanted: [Int]) throws {
        let input = GraphValue(name: "x", type: .tensor(.float32, shape: declared))
        let signature = try Signature(deriving: SignatureFixtures.wide(width))
        let rows = (0..<2).map { row in (0..<width).map { Value.integer(Int64(row * width + $0)) } }
        let tensor = try InputEncoder(signature, for: [input]).tensors(of: rows)["x"]
        #expect(tensor == Tensor(shape: wanted, elements: .float32((0..<2 * width).map { Float($0) })))
    }

    @Test(arguments: [[nil, nil, 2], [nil, nil, nil], [nil, 2, 2], [nil]] as [[Int?]])
    func fieldsThatDoNotFillADeclaredRowAreRefused(declared: [Int?]) throws {
        let input = GraphValue(name: "x", type: .tensor(.float32, shape: declared))
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(3)), for: [input])
        let error = #expect(throws: ModelError.self) {
            try encoder.tensors(of: [[.number(1), .number(2), .number(3)]])
        }
        #expect(error?.kind == .signatureMismatch)
        #expect(error?.field == "x")
    }

    @Test func aTableIsReadByName() throws {
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(2)))
        let tensors = try encoder.tensors(of: SignatureFixtures.numbers(["other", "x_1", "x_0"], rows: 2))
        #expect(tensors["x"]?.elements == .float32([0.5, 0.5, 1, 1]))
    }

    @Test func rangesAreNotLookedAtInATable() throws {
        var signature = try Signature(deriving: SignatureFixtures.wide(1))
        signature.inputs[0].maximum = 1
        let table = try Table(columns: [Column(name: "x", values: .numbers([5]))])
        #expect(try InputEncoder(signature).tensors(of: table)["x"]?.elements == .float32([5]))
    }

    @Test func anAbsentColumnIsNamed() throws {
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(2)))
        let error = #expect(throws: ModelError.self) {
            try encoder.tensors(of: SignatureFixtures.numbers(["x_0", "y"]))
        }
        #expect(error?.message == "there is no column 'x_1'")
        #expect(error?.hint == "The rows have x_0, y.")
    }

    @Test func anAbsentOptionalColumnIsMissing() throws {
        var signature = try Signature(deriving: SignatureFixtures.wide(2))
        signature.inputs[1].isRequired = false
        let tensor = try InputEncoder(signature).tensors(of: SignatureFixtures.numbers(["x_0"], rows: 1))["x"]
        #expect(tensor?.asDoubles?[1].isNaN == true)
        signature.inputs[1].defaultValue = .number(9)
        let filled = try InputEncoder(signature).tensors(of: SignatureFixtures.numbers(["x_0"], rows: 1))["x"]
        #expect(filled?.elements == .float32([0.5, 9]))
    }

    @Test func aWrongCellIsNamedByRow() throws {
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(1)))
        let table = try Table(columns: [Column(name: "x", values: .strings(["", "south"]))])
        let error = #expect(throws: ModelError.self) { try encoder.tensors(of: table) }
        #expect(error?.message == "row 1: field 'x' must be a number, not the string ''")
        #expect(error?.field == "x")
    }

    @Test func aNumberOutsideANarrowTypeIsNamedByRow() throws {
        let encoder = InputEncoder(try Signature(deriving: SignatureFixtures.wide(1, type: .uint8)))
        let table = try Table(columns: [Column(name: "x", values: .integers([255, 256]))])
        let error = #expect(throws: ModelError.self) { try encoder.tensors(of: table) }
        #expect(error?.kind == .signatureMismatch)
        #expect(error?.message.hasPrefix("row 2: field 'x' is 256, which the model cannot read") == true)
    }
}
