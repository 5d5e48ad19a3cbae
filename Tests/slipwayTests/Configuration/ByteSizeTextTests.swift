import Testing

@testable import slipway

struct ByteSizeTextTests {
    @Test(arguments: [
        ("1B", 1), ("64MB", 64_000_000), ("64MiB", 67_108_864), ("10GB", 10_000_000_000), ("3kB", 3_000),
        ("3KB", 3_000), ("1000TB", 1_000_000_000_000_000), ("1GiB", 1_073_741_824),
    ])
    func aNumberWithAUnitIsASize(text: String, byteCount: Int) {
        #expect(ByteSizeText.parse(text) == byteCount)
    }

    @Test(arguments: [
        "", "64", "MB", "0MB", "-1MB", "1.5GB", "64 MB", "64mb", "1PB", "1001TB", "9223372036854775807TiB",
        "99999999999999999999B", "٣MB",
    ])
    func anythingElseIsNone(text: String) {
        #expect(ByteSizeText.parse(text) == nil)
    }
}
