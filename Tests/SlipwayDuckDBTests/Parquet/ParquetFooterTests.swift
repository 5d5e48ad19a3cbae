import SlipwayData
import Testing

@testable import SlipwayDuckDB

struct ParquetFooterTests {
    @Test(arguments: ParquetFixture.writers)
    func theColumnsAndRowsOfAFileAreTold(writer: String) throws {
        let footer = try footer(of: ParquetFixture.bytes(writer))
        let names = try ParquetFixture.cells().map(\.name)
        #expect(footer.columns.map(\.name) == (writer == "duckdb" ? names.filter { $0 != "nothing" } : names))
        #expect(footer.columns.allSatisfy { !$0.isNested && !$0.isRepeated })
        #expect(footer.rowCount == 3)
    }

    @Test func columnsThatHoldColumnsAreTold() throws {
        let footer = try footer(of: ParquetFixture.bytes("nested"))
        #expect(footer.columns.map(\.name) == ["number", "list", "structure"])
        #expect(footer.columns.map(\.isNested) == [false, true, true])
    }

    @Test(arguments: [10, 50_000_000, 0x7FFF_FFFF, 0xFFFF_FFFF, .max] as [UInt64])
    func aListThatSaysMoreThanThereIsGetsNoRoom(count: UInt64) {
        #expect(throws: DataError.self) {
            try footer(of: file(footer: [0x15, 2, 0x19, 0xFC] + varint(count) + [0, 0, 0, 0, 0]))
        }
    }

    @Test func aFooterOfEmptyPartsIsRefused() {
        let count = 500_000
        let bytes = [0x15, 2, 0x19, 0xFC] + varint(UInt64(count)) + Array(repeating: 0, count: count)
        #expect(throws: DataError.self) { try footer(of: file(footer: bytes)) }
    }

    @Test func aListThatTheFormatDoesNotKnowIsRefused() {
        // A field of number 12 with a list in a list.
        #expect(throws: DataError.self) { try footer(of: file(footer: [0x15, 2, 0xB9, 0x19, 0x00])) }
    }

    @Test(arguments: [0x1C, 0xFC, 0x19, 0xF9] as [UInt8])
    func partsThatLieDeepInEachOtherAreRefused(byte: UInt8) {
        #expect(throws: DataError.self) {
            try footer(of: file(footer: Array(repeating: byte, count: 900_000)))
        }
    }

    @Test func columnsThatLieDeepInEachOtherAreRefused() {
        let element: [UInt8] = [0x48, 1, 0x61, 0x15, 2, 0x00]
        let count = 1_000
        let elements = Array(repeatElement(element, count: count).joined())
        let bytes = [0x15, 2, 0x19, 0xFC] + varint(UInt64(count)) + elements
        let error = #expect(throws: DataError.self) { try footer(of: file(footer: bytes)) }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func everyCutIsRefused() throws {
        let bytes = try ParquetFixture.bytes("snappy")
        for count in 0..<bytes.count {
            #expect(throws: DataError.self) { try footer(of: Array(bytes.prefix(count))) }
        }
    }

    @Test func moreRowsOrColumnsThanAllowedAreRefused() throws {
        let bytes = try ParquetFixture.bytes("snappy")
        for limits in [ParquetLimits(rowCountMax: 2), ParquetLimits(columnCountMax: 24)] {
            let error = #expect(throws: DataError.self) { try footer(of: bytes, limits) }
            #expect(error?.kind == .limitExceeded)
        }
        #expect(try footer(of: bytes, ParquetLimits(rowCountMax: 3, columnCountMax: 25)).rowCount == 3)
    }

    @Test func anEncryptedFileIsNamedSo() throws {
        let bytes = try ParquetFixture.bytes("snappy").dropLast(4) + Array("PARE".utf8)
        let error = #expect(throws: DataError.self) { try footer(of: Array(bytes)) }
        #expect(error?.message.contains("encrypted") == true)
    }

    @Test(arguments: ParquetFixture.writers + ["nested", "frame"])
    func changedFootersAreReadOrRefused(writer: String) throws {
        let original = try ParquetFixture.bytes(writer)
        var generator = SplitMix64(seed: 20)
        for _ in 0..<1_000 {
            var bytes = original
            for _ in 0..<Int(1 + generator.next() % 4) {
                bytes[bytes.count - 1 - Int(generator.next() % UInt64(bytes.count / 2))] = UInt8(generator.next() % 256)
            }
            do throws(DataError) {
                #expect(try footer(of: bytes).rowCount <= ParquetLimits().rowCountMax)
            } catch {
                #expect(error.kind == .malformed || error.kind == .limitExceeded)
            }
        }
    }

    private func footer(
        of bytes: [UInt8], _ limits: ParquetLimits = ParquetLimits()
    ) throws(DataError) -> ParquetFooter {
        try bytes.withUnsafeBytes { file in
            Result { () throws(DataError) in try ParquetFooter(file, limits: limits) }
        }.get()
    }

    private func file(footer: [UInt8]) -> [UInt8] {
        let mark = Array("PAR1".utf8)
        let length = withUnsafeBytes(of: UInt32(footer.count).littleEndian) { Array($0) }
        return mark + Array(repeating: 0, count: 100) + footer + length + mark
    }

    private func varint(_ number: UInt64) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
