import Testing

@testable import SlipwayEngines

struct ProcessHeapTests {
    @Test
    func theAllocatorTakesEverySetting() {
        #expect(ProcessHeap.settle())
    }
}
